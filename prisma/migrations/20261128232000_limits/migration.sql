-- What is left of a limit, where no Redis keeps it.
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "full_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "rate_limits_full_at_idx" ON "rate_limits"("full_at");

-- Who placed an order as a guest, as far as that can be told apart: a keyed digest of the address, for the limit on declined cards.
ALTER TABLE "orders" ADD COLUMN "caller" TEXT;
CREATE INDEX "orders_caller_placed_at_idx" ON "orders"("caller", "placed_at");
