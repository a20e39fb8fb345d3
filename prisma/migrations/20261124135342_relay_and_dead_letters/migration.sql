-- DropIndex
DROP INDEX "dead_letters_consumer_stream_id_idx";

-- AlterTable
ALTER TABLE "consumer_checkpoints" DROP CONSTRAINT "consumer_checkpoints_pkey",
ADD COLUMN     "lane" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lanes" INTEGER NOT NULL DEFAULT 1,
ADD CONSTRAINT "consumer_checkpoints_pkey" PRIMARY KEY ("consumer", "lane");

-- AlterTable
ALTER TABLE "dead_letters" ADD COLUMN     "edited_data" JSONB,
ADD COLUMN     "event_type" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "fingerprint" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "finished_at" TIMESTAMPTZ(6),
ADD COLUMN     "next_attempt_at" TIMESTAMPTZ(6),
ADD COLUMN     "retry_id" BIGINT;

-- AlterTable
ALTER TABLE "idempotency_keys" ADD COLUMN     "owner" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "outbox_events" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "last_error" TEXT,
ADD COLUMN     "next_attempt_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "dead_letter_retries" (
    "id" BIGSERIAL NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "per_second" DOUBLE PRECISION NOT NULL,
    "stop_on_failure" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "dead_letter_retries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dead_letter_actions" (
    "id" BIGSERIAL NOT NULL,
    "letter_id" BIGINT NOT NULL,
    "retry_id" BIGINT,
    "action" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "outcome" TEXT,
    "detail" JSONB,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_actions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dead_letter_actions_letter_id_idx" ON "dead_letter_actions"("letter_id");

-- CreateIndex
CREATE INDEX "dead_letter_actions_retry_id_idx" ON "dead_letter_actions"("retry_id");

-- CreateIndex
CREATE INDEX "dead_letters_consumer_stream_id_position_idx" ON "dead_letters"("consumer", "stream_id", "position");

-- What the Prisma schema cannot say.

-- Rows that could not be published, and so which aggregates the relay leaves out for now.
CREATE INDEX outbox_events_blocked ON outbox_events (aggregate_id, next_attempt_at) WHERE NOT published AND next_attempt_at IS NOT NULL;

-- The releaser looks for what is due, and consumers for what is held: both only among letters that are open.
CREATE INDEX dead_letters_due ON dead_letters (next_attempt_at) WHERE status = 'retrying';
CREATE INDEX dead_letters_open ON dead_letters (consumer, stream_id, position) WHERE status IN ('retrying', 'parked', 'waiting');

-- The inbox grows in time order, so that a few blocks say where the old rows are.
CREATE INDEX processed_events_age ON processed_events USING brin (processed_at);

-- Rows come and go all day: cleaned by their number, not by a share of the table.
ALTER TABLE outbox_events SET (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_scale_factor = 0.0, autovacuum_vacuum_insert_threshold = 50000);
ALTER TABLE idempotency_keys SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE event_log_head SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE relay_leases SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE consumer_checkpoints SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE projection_checkpoints SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);
