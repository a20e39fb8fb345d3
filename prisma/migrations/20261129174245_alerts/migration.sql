-- AlterTable
ALTER TABLE "projection_alerts" ADD COLUMN     "acknowledged_at" TIMESTAMPTZ(6),
ADD COLUMN     "acknowledged_by" TEXT,
ADD COLUMN     "acknowledged_reason" TEXT;

-- CreateTable
CREATE TABLE "alerts" (
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "peak" DOUBLE PRECISION NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "about" JSONB NOT NULL,
    "detail" TEXT,
    "problem" TEXT,
    "since" TIMESTAMPTZ(6) NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "pending_at" TIMESTAMPTZ(6),
    "fired_at" TIMESTAMPTZ(6),
    "calm_since" TIMESTAMPTZ(6),
    "resolved_at" TIMESTAMPTZ(6),
    "firing_notified_at" TIMESTAMPTZ(6),
    "resolved_notified_at" TIMESTAMPTZ(6),
    "acknowledged_at" TIMESTAMPTZ(6),
    "acknowledged_by" TEXT,
    "acknowledged_reason" TEXT,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gateway_calls" (
    "at" TIMESTAMPTZ(6) NOT NULL,
    "answered" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "last_error" TEXT,

    CONSTRAINT "gateway_calls_pkey" PRIMARY KEY ("at")
);

-- CreateIndex
CREATE INDEX "alerts_status_id_idx" ON "alerts"("status", "id");

-- One row at a time is the state of what a check watches.
CREATE UNIQUE INDEX "alerts_watched" ON "alerts"("name", "subject") WHERE status <> 'resolved';
-- They are written every few seconds, and stay where they are.
ALTER TABLE "alerts" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);

-- Which run ended last.
CREATE INDEX "sagas_finished" ON "sagas"("finished_at") WHERE finished_at IS NOT NULL;
