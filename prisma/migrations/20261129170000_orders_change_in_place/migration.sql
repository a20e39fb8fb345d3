-- An order is changed about five times, each time at another `updated_at`: with that in a b-tree, each change wrote an entry in all of
-- the table's indexes. A BRIN index lets the change stay in its page, where there is room.
DROP INDEX "orders_paid_by_card";
CREATE INDEX "orders_updated_at_idx" ON "orders" USING brin ("updated_at") WITH (pages_per_range = 16);
ALTER TABLE "orders" SET (fillfactor = 80);
