-- What an order costs beside its goods. Null: nothing, as it was for every order so far.
ALTER TABLE "orders" ADD COLUMN "price" JSONB, ADD COLUMN "discount_code" TEXT;
ALTER TABLE "order_view" ADD COLUMN "price" JSONB;
ALTER TABLE rebuild.order_view ADD COLUMN "price" JSONB;

CREATE TABLE "discount_codes" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" INTEGER NOT NULL,
    "minimum" INTEGER NOT NULL DEFAULT 0,
    "uses_max" INTEGER,
    "uses_per_customer_max" INTEGER NOT NULL DEFAULT 1,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "discount_codes_pkey" PRIMARY KEY ("code"),
    CONSTRAINT discount_codes_limits CHECK (uses >= 0 AND (uses_max IS NULL OR uses <= uses_max)),
    CONSTRAINT discount_codes_value CHECK (value > 0 AND (kind = 'amount' OR (kind = 'percent' AND value <= 100)))
);
CREATE INDEX "discount_codes_created_at_code_idx" ON "discount_codes"("created_at", "code");

CREATE TABLE "discount_uses" (
    "order_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "customer" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "discount_uses_pkey" PRIMARY KEY ("order_id"),
    CONSTRAINT "discount_uses_code_fkey" FOREIGN KEY ("code") REFERENCES "discount_codes"("code") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "discount_uses_code_customer_ordinal_key" ON "discount_uses"("code", "customer", "ordinal");

-- An order that is priced with a code has got hold of it in the same statement, or is not written.
ALTER TABLE "orders" ADD CONSTRAINT orders_discount CHECK ((price #>> '{discount,code}') IS NOT DISTINCT FROM discount_code);
