-- CreateTable
CREATE TABLE "subject_keys" (
    "subject" TEXT NOT NULL,
    "wrapped" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "destroyed_at" TIMESTAMPTZ(6),

    CONSTRAINT "subject_keys_pkey" PRIMARY KEY ("subject")
);

ALTER TABLE subject_keys ADD CONSTRAINT subject_keys_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL));

-- CreateTable
CREATE TABLE "erasures" (
    "customer_id" TEXT NOT NULL,
    "address_digest" TEXT,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),
    "rewritten_at" TIMESTAMPTZ(6),
    "erased" JSONB NOT NULL,

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("customer_id")
);

CREATE INDEX erasures_open ON erasures (requested_at) WHERE finished_at IS NULL;

-- An order outlives what it says of a person.
ALTER TABLE "orders" ALTER COLUMN "email" DROP NOT NULL, ADD COLUMN "erasure" TEXT;
CREATE INDEX orders_erasure ON orders (erasure) WHERE erasure IS NOT NULL;

-- What mails hold is sealed; those from before are read as they are.
ALTER TABLE "mail_messages" ADD COLUMN "sealed_for" TEXT, ALTER COLUMN "recipient" DROP NOT NULL, ALTER COLUMN "subject" DROP NOT NULL;
DROP INDEX "mail_messages_recipient_sent_at_idx";
CREATE INDEX "mail_messages_order_id_idx" ON "mail_messages"("order_id");
CREATE INDEX "mail_messages_sealed_for_idx" ON "mail_messages"("sealed_for");

-- What the console finds customers by.
CREATE INDEX customers_email_prefix ON customers (lower(email) text_pattern_ops);
CREATE INDEX customers_name_words ON customers USING gin (name_words(name));

-- The planner's statistics keep samples of what a column holds, for whoever may read the table. Setting the type anew
-- drops those that are there.
ALTER TABLE orders ALTER COLUMN email TYPE text, ALTER COLUMN shipping_address TYPE jsonb, ALTER COLUMN payment_token TYPE text;
ALTER TABLE orders ALTER COLUMN email SET STATISTICS 0, ALTER COLUMN shipping_address SET STATISTICS 0, ALTER COLUMN payment_token SET STATISTICS 0;
ALTER TABLE customers ALTER COLUMN email TYPE text, ALTER COLUMN name TYPE text;
ALTER TABLE customers ALTER COLUMN email SET STATISTICS 0, ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE auth_users ALTER COLUMN email TYPE text, ALTER COLUMN name TYPE text;
ALTER TABLE auth_users ALTER COLUMN email SET STATISTICS 0, ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE auth_sessions ALTER COLUMN ip_address TYPE text, ALTER COLUMN user_agent TYPE text;
ALTER TABLE auth_sessions ALTER COLUMN ip_address SET STATISTICS 0, ALTER COLUMN user_agent SET STATISTICS 0;
ALTER TABLE mail_messages ALTER COLUMN recipient TYPE text, ALTER COLUMN body TYPE text;
ALTER TABLE mail_messages ALTER COLUMN recipient SET STATISTICS 0, ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE order_link_requests ALTER COLUMN email TYPE text;
ALTER TABLE order_link_requests ALTER COLUMN email SET STATISTICS 0;
-- Last: a column that is altered makes its indexes anew.
ALTER INDEX orders_email_prefix ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX orders_name_words ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX customers_email_prefix ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX customers_name_words ALTER COLUMN 1 SET STATISTICS 0;
