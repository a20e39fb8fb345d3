-- AlterTable
ALTER TABLE "sagas" ADD COLUMN "forked_from" TEXT;

-- AlterTable
ALTER TABLE "saga_actions" ADD COLUMN "forked_as" TEXT;

-- AlterTable
ALTER TABLE "saga_steps" ADD COLUMN "done_by" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "sagas_forked_from_key" ON "sagas"("forked_from");

-- AddForeignKey
ALTER TABLE "sagas" ADD CONSTRAINT "sagas_forked_from_fkey" FOREIGN KEY ("forked_from") REFERENCES "sagas"("saga_id") ON DELETE RESTRICT ON UPDATE CASCADE;
