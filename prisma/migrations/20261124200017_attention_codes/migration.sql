-- An order may wait for several answers at once, each by whoever asked.
ALTER TABLE "orders" ADD COLUMN     "attention_codes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- What its history still asks: a question that a later one had overwritten stands again.
WITH answered AS (
  SELECT "stream_id", max("version") AS "version" FROM "events" WHERE "type" = 'AttentionResolved' GROUP BY "stream_id"
), standing AS (
  SELECT "stream_id", array_agg("code" ORDER BY "asked") AS "codes"
  FROM (
    SELECT asked."stream_id", asked."data" ->> 'code' AS "code", min(asked."version") AS "asked"
    FROM "events" asked LEFT JOIN answered ON answered."stream_id" = asked."stream_id"
    WHERE asked."type" = 'OrderNeedsAttention' AND asked."version" > coalesce(answered."version", 0)
    GROUP BY 1, 2
  ) AS question
  GROUP BY "stream_id"
)
UPDATE "orders" SET "attention_codes" = standing."codes"
FROM standing WHERE standing."stream_id" = 'order-' || "orders"."id" AND "attention_code" IS NOT NULL;

-- The read model, and the shadow that it is rebuilt into.
ALTER TABLE "order_view" ALTER COLUMN "attention" TYPE TEXT[]
  USING CASE WHEN "attention" IS NULL THEN ARRAY[]::TEXT[] ELSE ARRAY["attention"] END;
ALTER TABLE "order_view" ALTER COLUMN "attention" SET DEFAULT ARRAY[]::TEXT[], ALTER COLUMN "attention" SET NOT NULL;
ALTER TABLE rebuild.order_view ALTER COLUMN "attention" TYPE TEXT[]
  USING CASE WHEN "attention" IS NULL THEN ARRAY[]::TEXT[] ELSE ARRAY["attention"] END;
ALTER TABLE rebuild.order_view ALTER COLUMN "attention" SET DEFAULT ARRAY[]::TEXT[], ALTER COLUMN "attention" SET NOT NULL;
UPDATE "order_view" SET "attention" = "orders"."attention_codes"
FROM "orders" WHERE "orders"."id" = "order_view"."order_id" AND "order_view"."attention" <> '{}';

DROP INDEX orders_attention;
ALTER TABLE "orders" DROP COLUMN "attention_code";
-- What a person has to decide is few, and asked for often.
CREATE INDEX orders_attention ON orders (updated_at) WHERE attention_codes <> '{}';
