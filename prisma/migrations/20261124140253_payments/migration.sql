-- CreateTable
CREATE TABLE "payment_webhooks" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "charge_id" TEXT,
    "order_id" TEXT,
    "payload" JSONB NOT NULL,
    "deliveries" INTEGER NOT NULL DEFAULT 1,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "run_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(6),
    "outcome" TEXT,

    CONSTRAINT "payment_webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_webhook_counts" (
    "outcome" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_webhook_counts_pkey" PRIMARY KEY ("outcome")
);

-- CreateTable
CREATE TABLE "gateway_captures" (
    "charge_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "refunded" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "captured_at" TIMESTAMPTZ(6) NOT NULL,
    "read_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "gateway_captures_pkey" PRIMARY KEY ("charge_id")
);

-- CreateTable
CREATE TABLE "reconciliation_runs" (
    "id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "since" TIMESTAMPTZ(6),
    "captures" INTEGER NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "repaired" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_findings" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "order_id" TEXT,
    "charge_id" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "first_seen" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(6),

    CONSTRAINT "reconciliation_findings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "payment_webhooks_received_at_idx" ON "payment_webhooks"("received_at");

-- CreateIndex
CREATE INDEX "gateway_captures_order_id_idx" ON "gateway_captures"("order_id");

-- CreateIndex
CREATE INDEX "gateway_captures_captured_at_idx" ON "gateway_captures"("captured_at");

-- CreateIndex
CREATE INDEX "reconciliation_runs_requested_at_idx" ON "reconciliation_runs"("requested_at");

-- CreateIndex
CREATE INDEX "reconciliation_findings_last_seen_idx" ON "reconciliation_findings"("last_seen");

-- CreateIndex
CREATE INDEX "reconciliation_findings_order_id_idx" ON "reconciliation_findings"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_findings_kind_subject_key" ON "reconciliation_findings"("kind", "subject");

-- Webhooks that wait. The index holds the backlog only.
CREATE INDEX "payment_webhooks_waiting" ON "payment_webhooks" ("run_at") WHERE "processed_at" IS NULL;

-- Card orders by the time of their last change: those that the comparison has to find in the gateway's books.
CREATE INDEX "orders_paid_by_card" ON "orders" ("updated_at") WHERE "payment_method" = 'card' AND "charge_id" IS NOT NULL;

ALTER TABLE "reconciliation_findings" ADD CONSTRAINT "reconciliation_findings_status"
  CHECK ("status" IN ('open', 'repaired', 'attention'));

-- One scheduled comparison at a time, however many workers ask for it.
CREATE UNIQUE INDEX "reconciliation_runs_scheduled" ON "reconciliation_runs" ("trigger")
  WHERE "trigger" = 'schedule' AND "finished_at" IS NULL;
