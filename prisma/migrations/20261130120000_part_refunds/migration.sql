-- What was paid back of an order in parts: of those so far, nothing.
ALTER TABLE "orders" ADD COLUMN     "refunds" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "order_view" ADD COLUMN     "refunds" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE rebuild.order_view ADD COLUMN "refunds" JSONB NOT NULL DEFAULT '[]';

-- Units of one line come back part by part; every other movement of an order is still made once.
DROP INDEX "stock_movements_order_id_sku_kind_key";
CREATE UNIQUE INDEX stock_movements_once ON stock_movements (order_id, sku, kind) WHERE kind <> 'restocked';
