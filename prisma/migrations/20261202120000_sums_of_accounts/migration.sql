-- A balance, or what goes in and out in a month, can pass 2^31 cents: the sums become bigint. What was parked for that is retried
-- by an operator afterwards.
--
-- Each statement rewrites its table and the table's indexes, and all that asks for the table waits until the whole migration is
-- committed, readers too: 3.5 s for 2 million lines of statements, 1 million months and 200,000 accounts on two cores, so about 1.2 s
-- for each million lines. A process gives up on a lock after 5 s, then questions fail and projections try again. Commands go on:
-- they write the history alone. While it runs, the disk holds each table twice. Workers of the version before can go on beside it.
ALTER TABLE "account_view" ALTER COLUMN "balance" TYPE BIGINT, ALTER COLUMN "held" TYPE BIGINT, ALTER COLUMN "available" TYPE BIGINT;
ALTER TABLE "account_monthly" ALTER COLUMN "deposited" TYPE BIGINT, ALTER COLUMN "withdrawn" TYPE BIGINT, ALTER COLUMN "spent" TYPE BIGINT,
  ALTER COLUMN "refunded" TYPE BIGINT, ALTER COLUMN "granted" TYPE BIGINT;
ALTER TABLE "account_statement" ALTER COLUMN "amount" TYPE BIGINT, ALTER COLUMN "balance" TYPE BIGINT;

-- The shadows that they are rebuilt into have the same columns.
ALTER TABLE rebuild.account_view ALTER COLUMN "balance" TYPE BIGINT, ALTER COLUMN "held" TYPE BIGINT, ALTER COLUMN "available" TYPE BIGINT;
ALTER TABLE rebuild.account_monthly ALTER COLUMN "deposited" TYPE BIGINT, ALTER COLUMN "withdrawn" TYPE BIGINT, ALTER COLUMN "spent" TYPE BIGINT,
  ALTER COLUMN "refunded" TYPE BIGINT, ALTER COLUMN "granted" TYPE BIGINT;
ALTER TABLE rebuild.account_statement ALTER COLUMN "amount" TYPE BIGINT, ALTER COLUMN "balance" TYPE BIGINT;
