-- What was written before anything was delivered has reached whom it could: nothing of it goes out now.
ALTER TABLE "mail_messages"
  ADD COLUMN "delivered_at" TIMESTAMPTZ(6),
  ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "next_attempt_at" TIMESTAMPTZ(6),
  ADD COLUMN "delivery_error" TEXT;
UPDATE "mail_messages" SET "delivered_at" = "sent_at";
ALTER TABLE "mail_messages" ALTER COLUMN "next_attempt_at" SET DEFAULT CURRENT_TIMESTAMP;

-- What waits. A mail that is delivered, or given up, waits no more.
CREATE INDEX mail_messages_waiting ON mail_messages (next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;

-- A server's words, about a person: no samples for the planner.
ALTER TABLE mail_messages ALTER COLUMN delivery_error SET STATISTICS 0;
