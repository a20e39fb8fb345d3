-- CreateTable
CREATE TABLE "stock_ledger" (
    "id" BIGSERIAL NOT NULL,
    "sku" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "available" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL,

    CONSTRAINT "stock_ledger_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "stock_ledger_sku_id_idx" ON "stock_ledger"("sku", "id");

-- What the consumer has made of the history so far, reckoned back from what the view shows now.
WITH entry AS (
  SELECT log.position, log.event_id, line.sku, line.quantity * effect.shown AS quantity,
         line.quantity * effect.available AS available, line.quantity * effect.reserved AS reserved
  FROM (VALUES ('StockReceived', 1, 1, 0), ('StockReserved', -1, -1, 1), ('StockReleased', 1, 1, -1),
               ('OrderShipped', -1, 0, -1), ('ReturnReceived', 1, 1, 0)) AS effect(type, shown, available, reserved)
  JOIN event_log log USING (type) JOIN events event USING (event_id)
  CROSS JOIN LATERAL (
    SELECT event.data ->> 'sku' AS sku, (event.data ->> 'quantity')::int AS quantity WHERE event.type = 'StockReceived'
    UNION ALL
    SELECT movement.sku, -movement.quantity FROM stock_movements movement
    WHERE movement.order_id = event.data ->> 'orderId' AND movement.kind = 'reserved' AND event.type <> 'StockReceived'
  ) line
  WHERE log.position <= (SELECT min(position) FROM consumer_checkpoints WHERE consumer = 'stock')
    AND NOT EXISTS (
      SELECT FROM dead_letters letter
      WHERE letter.consumer = 'stock' AND letter.event_id = log.event_id AND letter.status <> 'resolved'
    )
)
INSERT INTO stock_ledger (sku, event_id, quantity, available, reserved)
SELECT entry.sku, entry.event_id, entry.quantity,
       view.available - coalesce(sum(entry.available) OVER later, 0), view.reserved - coalesce(sum(entry.reserved) OVER later, 0)
FROM entry JOIN stock_view view USING (sku)
WINDOW later AS (PARTITION BY entry.sku ORDER BY entry.position DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
ORDER BY entry.position;
