-- CreateTable
CREATE TABLE "projection_rebuilds" (
    "projection" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "started_against" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "projection_rebuilds_pkey" PRIMARY KEY ("projection")
);

-- CreateTable
CREATE TABLE "projection_samples" (
    "projection" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "position" BIGINT NOT NULL,
    "head_position" BIGINT NOT NULL,
    "lag_seconds" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "projection_samples_pkey" PRIMARY KEY ("projection","at")
);

-- CreateTable
CREATE TABLE "projection_alerts" (
    "id" BIGSERIAL NOT NULL,
    "projection" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "threshold_seconds" DOUBLE PRECISION NOT NULL,
    "peak_lag_seconds" DOUBLE PRECISION NOT NULL,
    "pending_at" TIMESTAMPTZ(6) NOT NULL,
    "fired_at" TIMESTAMPTZ(6),
    "calm_since" TIMESTAMPTZ(6),
    "resolved_at" TIMESTAMPTZ(6),
    "firing_notified_at" TIMESTAMPTZ(6),
    "resolved_notified_at" TIMESTAMPTZ(6),

    CONSTRAINT "projection_alerts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "projection_samples_at_idx" ON "projection_samples"("at");

-- CreateIndex
CREATE INDEX "projection_alerts_projection_status_idx" ON "projection_alerts"("projection", "status");

-- One alert at a time is open for a projection.
CREATE UNIQUE INDEX projection_alerts_open ON projection_alerts (projection) WHERE status IN ('pending', 'firing');

-- The shadows that projections are rebuilt into: the same tables in a schema of their own. The rebuild puts that schema
-- first in the search path, so that a projection's own SQL fills them without knowing.
CREATE SCHEMA rebuild;
CREATE TABLE rebuild.order_view (LIKE public.order_view INCLUDING ALL);
CREATE TABLE rebuild.sales_by_day (LIKE public.sales_by_day INCLUDING ALL);
CREATE TABLE rebuild.account_view (LIKE public.account_view INCLUDING ALL);
CREATE TABLE rebuild.account_statement (LIKE public.account_statement INCLUDING ALL);
CREATE TABLE rebuild.account_monthly (LIKE public.account_monthly INCLUDING ALL);
