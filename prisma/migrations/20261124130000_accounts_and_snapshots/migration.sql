-- CreateTable
CREATE TABLE "account_view" (
    "account_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "balance" INTEGER NOT NULL,
    "held" INTEGER NOT NULL,
    "available" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "account_view_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "account_statement" (
    "account_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "balance" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "order_id" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "account_statement_pkey" PRIMARY KEY ("account_id","version")
);

-- CreateTable
CREATE TABLE "account_monthly" (
    "account_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "deposited" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "spent" INTEGER NOT NULL,
    "refunded" INTEGER NOT NULL,

    CONSTRAINT "account_monthly_pkey" PRIMARY KEY ("account_id","month")
);

-- CreateTable
CREATE TABLE "snapshots" (
    "stream_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state_version" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshots_pkey" PRIMARY KEY ("stream_id","version")
);

-- CreateIndex
CREATE INDEX "account_view_balance_account_id_idx" ON "account_view"("balance", "account_id");
