-- What store credit pays of an order beside a card. 0: one of them pays it all, as for every order so far.
ALTER TABLE "orders" ADD COLUMN     "credit_part" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "credit_taken" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "order_view" ADD COLUMN     "credit_part" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rebuild.order_view ADD COLUMN "credit_part" INTEGER NOT NULL DEFAULT 0;

-- The card pays something, and a guest has no credit.
ALTER TABLE "orders" ADD CONSTRAINT orders_credit_part CHECK (
  credit_part = 0 OR (credit_part BETWEEN 1 AND total - 1 AND payment_method = 'card' AND customer_id IS NOT NULL));
