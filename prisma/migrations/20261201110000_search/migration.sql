-- Both are trusted: the owner of a database may create them without being a superuser.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "catalogue_attributes" (
    "kind" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "words" TEXT[],
    "also" TEXT NOT NULL DEFAULT '',
    "swatch" TEXT,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "catalogue_attributes_pkey" PRIMARY KEY ("kind","slug")
);

-- CreateTable
CREATE TABLE "catalogue_words" (
    "word" TEXT NOT NULL,

    CONSTRAINT "catalogue_words_pkey" PRIMARY KEY ("word")
);

-- AlterTable
ALTER TABLE "products" ADD COLUMN     "search" tsvector;

-- AlterTable
ALTER TABLE "product_variants" ADD COLUMN     "colour" TEXT,
ADD COLUMN     "materials" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "product_variants_colour_idx" ON "product_variants"("colour");

-- CreateIndex
CREATE INDEX "product_variants_price_idx" ON "product_variants"("price");

INSERT INTO "catalogue_attributes" ("kind", "slug", "name", "words", "also", "swatch", "ordinal")
SELECT kind, lower(name), name, string_to_array(words, ', '), also, swatch, ordinal
FROM (VALUES
  ('colour', 'Chalk', 'chalk, white', 'white cream ivory', '#f3ebdb', 1),
  ('colour', 'Oat', 'oat', 'beige cream sand', '#e0cdab', 2),
  ('colour', 'Natural', 'natural, linen, jute, buff', 'beige undyed', '#cfae78', 3),
  ('colour', 'Ochre', 'ochre, yellow', 'yellow mustard gold', '#d9af6a', 4),
  ('colour', 'Tan', 'tan, brown', 'brown caramel', '#b98a5a', 5),
  ('colour', 'Clay', 'clay', 'orange terracotta', '#cd8565', 6),
  ('colour', 'Rust', 'rust, red', 'red orange brown', '#96452b', 7),
  ('colour', 'Rose', 'rose, pink', 'pink', '#d7a696', 8),
  ('colour', 'Plum', 'plum, purple', 'purple violet', '#664455', 9),
  ('colour', 'Celadon', 'celadon', 'green', '#bacbb9', 10),
  ('colour', 'Moss', 'moss, green', 'green olive', '#8e9772', 11),
  ('colour', 'Fern', 'fern', 'green', '#5c7350', 12),
  ('colour', 'Sky', 'sky', 'blue light', '#9db7c4', 13),
  ('colour', 'Indigo', 'indigo, blue', 'blue navy', '#374260', 14),
  ('colour', 'Slate', 'slate, grey, gray', 'grey gray', '#62666d', 15),
  ('colour', 'Ink', 'ink, black', 'black dark', '#2b2a30', 16),
  ('colour', 'Tenmoku', 'tenmoku', 'brown black', '#4d322c', 17),
  ('material', 'Stoneware', 'stoneware', 'ceramic pottery clay', NULL, 1),
  ('material', 'Porcelain', 'porcelain', 'ceramic pottery', NULL, 2),
  ('material', 'Terracotta', 'terracotta', 'ceramic pottery clay', NULL, 3),
  ('material', 'Glass', 'glass', '', NULL, 4),
  ('material', 'Linen', 'linen', 'fabric', NULL, 5),
  ('material', 'Cotton', 'cotton', 'fabric', NULL, 6),
  ('material', 'Wool', 'wool, lambswool', 'woollen fabric', NULL, 7),
  ('material', 'Leather', 'leather, goatskin, suede', 'hide', NULL, 8),
  ('material', 'Oak', 'oak', 'wood wooden', NULL, 9),
  ('material', 'Walnut', 'walnut', 'wood wooden', NULL, 10),
  ('material', 'Beech', 'beech', 'wood wooden', NULL, 11),
  ('material', 'Ash', 'ash', 'wood wooden', NULL, 12),
  ('material', 'Cedar', 'cedar', 'wood wooden', NULL, 13),
  ('material', 'Willow', 'willow', 'wicker basketry', NULL, 14),
  ('material', 'Bamboo', 'bamboo', '', NULL, 15),
  ('material', 'Cork', 'cork', '', NULL, 16),
  ('material', 'Steel', 'steel', 'metal', NULL, 17),
  ('material', 'Iron', 'cast iron, wrought iron', 'metal', NULL, 18),
  ('material', 'Brass', 'brass', 'metal', NULL, 19),
  ('material', 'Copper', 'copper', 'metal', NULL, 20),
  ('material', 'Aluminium', 'aluminium, aluminum', 'metal', NULL, 21),
  ('material', 'Zinc', 'zinc, galvanised', 'metal', NULL, 22),
  ('material', 'Granite', 'granite', 'stone', NULL, 23),
  ('material', 'Marble', 'marble', 'stone', NULL, 24),
  ('material', 'Paper', 'paper', '', NULL, 25),
  ('material', 'Beeswax', 'beeswax', 'wax', NULL, 26),
  ('material', 'Rubber', 'rubber', '', NULL, 27),
  ('material', 'Jute', 'jute', '', NULL, 28)
) AS row(kind, name, words, also, swatch, ordinal);

-- Words as they are compared: small, without accents, with one space between them.
CREATE FUNCTION catalogue_plain(typed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN trim(regexp_replace(lower(unaccent(typed)), '[[:punct:][:space:]]+', ' ', 'g'));

-- The word, and the word without each of its letters: two words have one of these in common when they are one slip apart.
CREATE FUNCTION word_deletions(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT array_agg(left(word, letter - 1) || substr(word, letter + 1)) FROM generate_series(1, length(word) + 1) letter);

-- The slugs of what a text names.
CREATE FUNCTION attributes_in(told text, of_kind text) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT slug FROM catalogue_attributes
             WHERE kind = of_kind AND EXISTS (SELECT FROM unnest(words) word WHERE strpos((SELECT ' ' || catalogue_plain(told) || ' '), ' ' || word || ' ') > 0)
             ORDER BY ordinal);

-- What a product is found by, and of which colour and materials its variants are. Of two writers the second waits for the first,
-- and then reads what that one wrote: each statement looks for itself.
CREATE FUNCTION index_product(product_id text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  product products;
  made_of text[];
  named text[];
  kind_of text;
  variant_words text;
  attribute_words text;
  missing text[];
BEGIN
  SELECT * INTO product FROM products WHERE id = index_product.product_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT name INTO kind_of FROM categories WHERE slug = product.category;

  SELECT string_agg(catalogue_plain(variant.name) || ' ' || replace(catalogue_plain(variant.sku), ' ', ''), ' '),
         coalesce(attributes_in(string_agg(variant.name, ' , '), 'material'), '{}')
  INTO variant_words, named
  FROM product_variants variant WHERE variant.product_id = index_product.product_id;

  -- Its details say of what it is made; where its variants are named for several materials, each is of its own.
  made_of := attributes_in(array_to_string(product.details, ' '), 'material');
  IF made_of = '{}' THEN
    made_of := attributes_in(concat_ws(' ', product.name, product.summary, product.description), 'material');
  END IF;
  IF cardinality(named) > 1 THEN
    made_of := ARRAY(SELECT slug FROM unnest(made_of) slug WHERE slug <> ALL (named));
  END IF;

  UPDATE product_variants variant SET
    colour = (attributes_in(variant.name, 'colour'))[1],
    materials = ARRAY(SELECT unnest(attributes_in(variant.name, 'material')) UNION SELECT unnest(made_of) ORDER BY 1)
  WHERE variant.product_id = index_product.product_id;

  SELECT string_agg(catalogue_plain(concat_ws(' ', attribute.name, attribute.also)), ' ') INTO attribute_words
  FROM catalogue_attributes attribute
  WHERE EXISTS (SELECT FROM product_variants variant WHERE variant.product_id = index_product.product_id
                  AND CASE attribute.kind WHEN 'colour' THEN variant.colour = attribute.slug ELSE attribute.slug = ANY (variant.materials) END);

  UPDATE products SET search =
       setweight(to_tsvector('pg_catalog.english', catalogue_plain(product.name)), 'A')
    || setweight(to_tsvector('pg_catalog.english', coalesce(variant_words, '')), 'B')
    || setweight(to_tsvector('pg_catalog.english', (SELECT coalesce(string_agg(pair, ' '), '') FROM (
         SELECT word || lead(word) OVER (ORDER BY place) AS pair
         FROM string_to_table(catalogue_plain(product.name), ' ') WITH ORDINALITY AS words(word, place)) pairs)), 'B')
    || setweight(to_tsvector('pg_catalog.english', coalesce(attribute_words, '')), 'C')
    || setweight(to_tsvector('pg_catalog.english', catalogue_plain(concat_ws(' ', kind_of, product.summary, array_to_string(product.details, ' ')))), 'C')
    || setweight(to_tsvector('pg_catalog.english', catalogue_plain(product.description)), 'D')
  WHERE id = index_product.product_id;

  -- What a slip is put right to. A word that no product has any more stays here and corrects nothing, as it would find nothing.
  missing := ARRAY(
    SELECT DISTINCT word FROM string_to_table(catalogue_plain(concat_ws(' ', product.name, variant_words, attribute_words, kind_of,
      product.summary, array_to_string(product.details, ' '), product.description)), ' ') told(word)
    WHERE word ~ '^[[:alpha:]]{3,30}$' AND NOT EXISTS (SELECT FROM catalogue_words known WHERE known.word = told.word) ORDER BY word);
  IF missing <> '{}' THEN
    -- One at a time: two that add the same words in another order would wait for each other.
    PERFORM pg_advisory_xact_lock(hashtext('catalogue_words'));
    INSERT INTO catalogue_words (word) SELECT unnest(missing) ON CONFLICT DO NOTHING;
  END IF;
END $$;

CREATE FUNCTION index_changed_product() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM index_product(NEW.id);
  RETURN NULL;
END $$;

CREATE FUNCTION index_product_of_variant() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM index_product(OLD.product_id); END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.product_id <> OLD.product_id) THEN PERFORM index_product(NEW.product_id); END IF;
  RETURN NULL;
END $$;

SELECT index_product(id) FROM products ORDER BY id;

CREATE TRIGGER products_search_text AFTER INSERT OR UPDATE OF name, category, summary, description, details ON products
FOR EACH ROW EXECUTE FUNCTION index_changed_product();

CREATE TRIGGER product_variants_search_text AFTER INSERT OR DELETE OR UPDATE OF sku, product_id, name ON product_variants
FOR EACH ROW EXECUTE FUNCTION index_product_of_variant();

DROP INDEX products_search;
DROP FUNCTION product_search_document(text, text, text, text);
CREATE INDEX products_search ON products USING gin (search);
CREATE INDEX product_variants_materials_idx ON product_variants USING gin (materials);
CREATE INDEX catalogue_words_deletions ON catalogue_words USING gin (word_deletions(word));
CREATE INDEX catalogue_words_trigrams ON catalogue_words USING gin (word gin_trgm_ops);
