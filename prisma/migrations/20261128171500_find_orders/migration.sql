-- An order's number, for people: packages/commerce/src/order/number.ts has the same function.
CREATE FUNCTION order_number(order_id text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT string_agg(
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (get_byte(sha256(convert_to(order_id, 'UTF8')), at) & 31) + 1, 1)
      || CASE at WHEN 4 THEN '-' ELSE '' END,
    '' ORDER BY at)
  FROM generate_series(0, 9) AS at
);

ALTER TABLE "orders" ADD COLUMN "number" TEXT;
UPDATE "orders" SET "number" = order_number("id");
ALTER TABLE "orders" ALTER COLUMN "number" SET NOT NULL;
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- What the console finds an order by, beside its id and its number.
-- The words of a name without accents, in any language.
CREATE FUNCTION name_words(name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(normalize(coalesce(name, ''), NFKD), '[\u0300-\u036F]', '', 'g'));

CREATE INDEX orders_name_words ON orders USING gin (name_words(shipping_address ->> 'name'));
CREATE INDEX orders_email_prefix ON orders (lower(email) text_pattern_ops);
CREATE INDEX orders_charge ON orders (charge_id) WHERE charge_id IS NOT NULL;
CREATE INDEX shipments_tracking_number ON shipments (tracking_number) WHERE tracking_number IS NOT NULL;

-- Nobody asks with these.
DROP INDEX "orders_email_placed_at_idx";
DROP INDEX orders_attention;

-- CreateTable
CREATE TABLE "order_link_requests" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_link_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "order_link_requests_requested_at_idx" ON "order_link_requests"("requested_at");
