-- AlterTable
ALTER TABLE "sagas" ADD COLUMN     "point_of_no_return" INTEGER;

-- CreateTable
CREATE TABLE "saga_actions" (
    "id" BIGSERIAL NOT NULL,
    "saga_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "step" TEXT,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saga_actions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "saga_actions_saga_id_idx" ON "saga_actions"("saga_id");
