-- AlterTable
ALTER TABLE "saga_steps" ADD COLUMN     "done_before" BOOLEAN NOT NULL DEFAULT false;

-- Runs that are under way: what checkouts start on was there before them.
UPDATE "saga_steps" SET "done_before" = true
WHERE "step" = 'createOrder' AND "kind" = 'action'
  AND "saga_id" IN (SELECT "saga_id" FROM "sagas" WHERE "name" = 'checkout' AND "status" = 'running');
