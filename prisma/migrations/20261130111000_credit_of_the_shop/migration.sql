-- What the shop gives stands beside what customers pay in; nothing was given so far.
ALTER TABLE "account_monthly" ADD COLUMN     "granted" INTEGER NOT NULL DEFAULT 0;

-- The shadow that account_monthly is rebuilt into has the same columns.
ALTER TABLE rebuild.account_monthly ADD COLUMN "granted" INTEGER NOT NULL DEFAULT 0;
