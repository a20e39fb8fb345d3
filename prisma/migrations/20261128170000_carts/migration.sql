-- Carts on the server, and the order that each of their versions may become: one, whoever asks and however late.
CREATE TABLE "carts" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'open',
    "order_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "carts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT carts_status CHECK (status IN ('open', 'ordered', 'closed')),
    CONSTRAINT carts_ordered_have_orders CHECK (status <> 'ordered' OR order_id IS NOT NULL)
);

CREATE TABLE "cart_lines" (
    "cart_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "seen_price" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "cart_lines_pkey" PRIMARY KEY ("cart_id","sku"),
    CONSTRAINT cart_lines_quantity CHECK (quantity >= 0)
);

CREATE INDEX "carts_order_id_idx" ON "carts"("order_id");
CREATE INDEX "carts_updated_at_idx" ON "carts"("updated_at");
-- An account has one cart.
CREATE UNIQUE INDEX carts_one_per_customer ON carts (customer_id) WHERE status <> 'closed';
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "carts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "orders" ADD COLUMN     "cart_id" TEXT,
ADD COLUMN     "cart_version" INTEGER,
-- A cart that was not open at the version that was ordered gives no version: then there is no order either.
ADD CONSTRAINT orders_cart CHECK ((cart_id IS NULL) = (cart_version IS NULL));
CREATE UNIQUE INDEX "orders_cart_id_cart_version_key" ON "orders"("cart_id", "cart_version");

-- An order's key belonged to its sender; it is the intention's now, whoever repeats it. Of two senders with one key the first keeps it.
DELETE FROM "idempotency_keys" later USING "idempotency_keys" earlier
WHERE later."scope" LIKE 'checkout.placeOrder/%' AND earlier."scope" LIKE 'checkout.placeOrder/%' AND later."key" = earlier."key"
  AND (earlier."created_at", earlier."scope") < (later."created_at", later."scope");
UPDATE "idempotency_keys" SET "scope" = 'checkout.placeOrder' WHERE "scope" LIKE 'checkout.placeOrder/%';
