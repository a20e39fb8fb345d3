/**
 * Store credit accounts: their read models against their streams. The effects of each event are written down here a
 * second time, in SQL, so that a fault in the shop's code does not confirm itself.
 */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

/** What each event does to the balance and to what is held, in minor units, and which column of the month it is in. */
const EFFECTS = sql`
  effect(type, balance, held, month_column) AS (VALUES
    ('MoneyDeposited', 1, 0, 'deposited'), ('CreditGranted', 1, 0, 'granted'), ('MoneyWithdrawn', -1, 0, 'withdrawn'), ('HoldPlaced', 0, 1, ''),
    ('HoldCaptured', -1, -1, 'spent'), ('HoldReleased', 0, -1, ''), ('CreditRefunded', 1, 0, 'refunded'), ('RefundCredited', 1, 0, 'refunded'), ('AccountCreated', 0, 0, '')
  ), moved AS (
    SELECT substr(stream_id, length('account-') + 1) AS account_id, version, recorded_at, month_column,
           coalesce((data ->> 'amount')::bigint, 0) AS amount,
           coalesce((data ->> 'amount')::bigint, 0) * effect.balance AS balance, coalesce((data ->> 'amount')::bigint, 0) * effect.held AS held
    FROM events JOIN effect USING (type) WHERE stream_type = 'account'
  ), account AS (
    SELECT account_id, count(*)::int AS version, sum(balance)::bigint AS balance, sum(held)::bigint AS held FROM moved GROUP BY account_id
  )`;

const ACCOUNTS = sql`SELECT count(DISTINCT stream_id)::int AS checked FROM events WHERE stream_type = 'account'`;

export const accountInvariants = [
  inSql("account-view-agrees", "the read model account_view shows each account as its stream, replayed, leads to", {
    population: ACCOUNTS,
    offenders: sql`
      WITH ${EFFECTS}
      SELECT coalesce(account.account_id, view.account_id) || ': account_view says ' || coalesce(view.balance || ', held ' || view.held, 'nothing')
             || '; the stream ' || coalesce(account.balance || ', held ' || account.held, 'nothing') AS id
      FROM account FULL JOIN account_view view USING (account_id)
      WHERE (view.balance, view.held, view.available, view.version)
        IS DISTINCT FROM (account.balance, account.held, account.balance - account.held, account.version)
      ORDER BY 1`,
  }),
  inSql("account-statement-agrees", "the last line of each account's statement has the balance its stream leads to", {
    population: ACCOUNTS,
    offenders: sql`
      WITH ${EFFECTS}, line AS (
        SELECT DISTINCT ON (account_id) account_id, version, balance FROM account_statement ORDER BY account_id, version DESC
      )
      SELECT coalesce(account.account_id, line.account_id) || ': the statement ends at ' || coalesce(line.balance || ', version ' || line.version, 'nothing')
             || '; the stream at ' || coalesce(account.balance || ', version ' || account.version, 'nothing') AS id
      FROM account FULL JOIN line USING (account_id)
      WHERE (line.balance, line.version) IS DISTINCT FROM (account.balance, account.version) ORDER BY 1`,
  }),
  inSql("account-months-agree", "the months of each account add up what its stream moved in them", {
    population: sql`SELECT count(*)::int AS checked FROM account_monthly`,
    offenders: sql`
      WITH ${EFFECTS}, month AS (
        SELECT account_id, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
               coalesce(sum(amount) FILTER (WHERE month_column = 'deposited'), 0)::bigint AS deposited,
               coalesce(sum(amount) FILTER (WHERE month_column = 'withdrawn'), 0)::bigint AS withdrawn,
               coalesce(sum(amount) FILTER (WHERE month_column = 'spent'), 0)::bigint AS spent,
               coalesce(sum(amount) FILTER (WHERE month_column = 'refunded'), 0)::bigint AS refunded,
               coalesce(sum(amount) FILTER (WHERE month_column = 'granted'), 0)::bigint AS granted
        FROM moved GROUP BY 1, 2
      )
      SELECT account_id || ' ' || month || ': account_monthly differs from the stream' AS id
      FROM account_monthly shown FULL JOIN month USING (account_id, month)
      WHERE (shown.deposited, shown.withdrawn, shown.spent, shown.refunded, shown.granted)
        IS DISTINCT FROM (month.deposited, month.withdrawn, month.spent, month.refunded, month.granted)
      ORDER BY 1`,
  }),
  inSql("no-balance-below-zero", "no account was ever below zero, nor promised more than it held", {
    population: ACCOUNTS,
    offenders: sql`
      WITH ${EFFECTS}, running AS (
        SELECT account_id, version, sum(balance) OVER history AS balance, sum(held) OVER history AS held
        FROM moved WINDOW history AS (PARTITION BY account_id ORDER BY version)
      )
      SELECT account_id || ': ' || balance || ', held ' || held || ', after version ' || version AS id
      FROM running WHERE balance < 0 OR held < 0 OR balance < held ORDER BY 1`,
  }),
];
