-- The trace that a run belongs to: its steps, whenever and wherever they run, go on with it.
ALTER TABLE "sagas" ADD COLUMN     "traceparent" TEXT;
