-- What went back stands beside what was sold.
ALTER TABLE "sales_by_day" ADD COLUMN     "refunded" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refunds" INTEGER NOT NULL DEFAULT 0;

-- The shadow that sales_by_day is rebuilt into has the same columns; one under way begins again, with the refunds.
ALTER TABLE rebuild.sales_by_day ADD COLUMN "refunded" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "refunds" INTEGER NOT NULL DEFAULT 0;
UPDATE "projection_rebuilds" SET "position" = 0 WHERE "projection" = 'sales_by_day' AND "status" = 'running';

-- The refunds of confirmed orders that the projection has passed already; what comes after it reads itself.
INSERT INTO "sales_by_day" ("day", "currency", "orders", "units", "revenue", "refunds", "refunded")
SELECT (refund."recorded_at" AT TIME ZONE 'UTC')::date, refund."data" ->> 'currency', 0, 0, 0,
       count(*), sum((refund."data" ->> 'amount')::bigint)
FROM "events" refund
JOIN "event_log" log USING ("event_id")
JOIN "events" confirmed ON confirmed."stream_id" = refund."stream_id" AND confirmed."type" = 'OrderConfirmed'
WHERE refund."type" = 'PaymentRefunded'
  AND log."position" <= (SELECT "position" FROM "projection_checkpoints" WHERE "projection" = 'sales_by_day')
GROUP BY 1, 2
ON CONFLICT ("day", "currency") DO UPDATE SET "refunds" = excluded."refunds", "refunded" = excluded."refunded";
