-- What customers announced that they send back, line by line; so far there was nothing of the kind.
CREATE TABLE "order_returns" (
    "return_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "refund_to" TEXT NOT NULL,
    "received" JSONB NOT NULL DEFAULT '[]',
    "refund_ids" TEXT[] NOT NULL DEFAULT '{}',
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "order_returns_pkey" PRIMARY KEY ("return_id")
);
CREATE UNIQUE INDEX "order_returns_order_id_ordinal_key" ON "order_returns"("order_id", "ordinal");
CREATE INDEX "order_returns_status_requested_at_return_id_idx" ON "order_returns"("status", "requested_at", "return_id");
CREATE INDEX "order_returns_requested_at_return_id_idx" ON "order_returns"("requested_at", "return_id");
