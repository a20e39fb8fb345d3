-- AlterTable
ALTER TABLE "order_view" ADD COLUMN     "tracking" JSONB;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "fulfilment" TEXT NOT NULL DEFAULT 'none';

-- CreateTable
CREATE TABLE "order_funnel_by_day" (
    "day" DATE NOT NULL,
    "placed" INTEGER NOT NULL DEFAULT 0,
    "paid" INTEGER NOT NULL DEFAULT 0,
    "confirmed" INTEGER NOT NULL DEFAULT 0,
    "shipped" INTEGER NOT NULL DEFAULT 0,
    "cancelled" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "order_funnel_by_day_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "shipments" (
    "order_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "carrier" TEXT,
    "tracking_number" TEXT,
    "return_reason" TEXT,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shipments_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "stock_view" (
    "sku" TEXT NOT NULL,
    "available" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "sold" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_view_pkey" PRIMARY KEY ("sku")
);

-- CreateIndex
CREATE UNIQUE INDEX "shipments_shipment_id_key" ON "shipments"("shipment_id");

-- The shadow that order_view is rebuilt into has the same columns.
ALTER TABLE rebuild.order_view ADD COLUMN "tracking" JSONB;

-- What waits to be shipped: small, however many shipments there have been.
CREATE INDEX shipments_scheduled ON shipments (due_at) WHERE status = 'scheduled';

-- Stock that came in before its events were recorded. Everything since then the consumer `stock` reads from the beginning.
INSERT INTO stock_view (sku, available)
SELECT sku, sum(quantity)::int FROM stock_movements WHERE kind = 'received' GROUP BY sku;
