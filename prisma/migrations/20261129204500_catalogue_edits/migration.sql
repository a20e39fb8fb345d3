-- AlterTable
ALTER TABLE "products" ADD COLUMN     "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "updated_by" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "price_changes" (
    "id" BIGSERIAL NOT NULL,
    "sku" TEXT NOT NULL,
    "before" INTEGER NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "changed_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "price_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "price_changes_sku_id_idx" ON "price_changes"("sku", "id");

-- AddForeignKey
ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_sku_fkey" FOREIGN KEY ("sku") REFERENCES "product_variants"("sku") ON DELETE RESTRICT ON UPDATE CASCADE;
