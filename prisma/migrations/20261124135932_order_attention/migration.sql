-- AlterTable
ALTER TABLE "order_view" ADD COLUMN     "attention" TEXT;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "attention_code" TEXT;

-- The shadow that order_view is rebuilt into has the same columns.
ALTER TABLE rebuild.order_view ADD COLUMN "attention" TEXT;

-- What a person has to decide is few, and asked for often.
CREATE INDEX orders_attention ON orders (updated_at) WHERE attention_code IS NOT NULL;
