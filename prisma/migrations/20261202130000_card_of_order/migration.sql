-- What may be said of the card: its brand and its last four digits. Null for orders so far, and where nobody said it.
ALTER TABLE "orders" ADD COLUMN     "card" JSONB;
-- No samples of it in the planner's statistics.
ALTER TABLE "orders" ALTER COLUMN "card" SET STATISTICS 0;
