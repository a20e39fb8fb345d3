/** `account_statement`: a line for each event that moved money or set it aside, with the balance after it. */
import { defineProjection } from "@tillstream/eventing";
import type { EventOf } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountEvents } from "../events.ts";

export const STATEMENT_TYPES = ["opened", "deposit", "withdrawal", "hold", "payment", "release", "refund"] as const;
export type StatementType = (typeof STATEMENT_TYPES)[number];

export interface StatementLine {
  readonly version: number;
  readonly type: StatementType;
  /** Minor units; what the event did to the balance, 0 for a hold and its release. */
  readonly amount: number;
  /** The balance after the event. */
  readonly balance: number;
  readonly currency: string;
  readonly eventId: string;
  readonly orderId: string | null;
  readonly at: string;
}

/** The account's running balance, and the lines that this batch adds. */
interface Statement {
  readonly currency: string;
  readonly balance: number;
  readonly lines: readonly StatementLine[];
}

/** The line's type, what it does to the balance, and its order. */
function effectOf(event: EventOf<typeof accountEvents>): Pick<StatementLine, "type" | "amount" | "orderId"> {
  switch (event.type) {
    case "AccountCreated":
      return { type: "opened", amount: 0, orderId: null };
    case "MoneyDeposited":
      return { type: "deposit", amount: event.data.amount, orderId: null };
    case "MoneyWithdrawn":
      return { type: "withdrawal", amount: -event.data.amount, orderId: null };
    case "HoldPlaced":
      return { type: "hold", amount: 0, orderId: event.data.orderId };
    case "HoldCaptured":
      return { type: "payment", amount: -event.data.amount, orderId: event.data.orderId };
    case "HoldReleased":
      return { type: "release", amount: 0, orderId: event.data.orderId };
    case "CreditRefunded":
      return { type: "refund", amount: event.data.amount, orderId: event.data.orderId };
  }
}

export function projectStatement(before: Statement | undefined, event: EventOf<typeof accountEvents>): Statement {
  const opened = event.type === "AccountCreated" ? { currency: event.data.currency, balance: 0, lines: [] } : undefined;
  const statement = before ?? opened;
  if (statement === undefined) throw new Error(`${event.eventId} came before the account was created`);
  const { currency } = statement;
  const effect = effectOf(event);
  const balance = statement.balance + effect.amount;
  const at = event.recordedAt.toISOString();
  const line: StatementLine = { ...effect, version: event.version, balance, currency, eventId: event.eventId, at };
  return { currency, balance, lines: [...statement.lines, line] };
}

/** Where each account's statement stands: its last line. */
async function load(tx: SqlExecutor, accountIds: readonly string[]): Promise<Map<string, Statement>> {
  const rows = await tx.query<{ accountId: string; currency: string; balance: number }>(sql`
    SELECT DISTINCT ON (account_id) account_id AS "accountId", currency, balance FROM account_statement
    WHERE account_id = ANY(${accountIds}::text[]) ORDER BY account_id, version DESC`);
  return new Map(rows.map(({ accountId, currency, balance }) => [accountId, { currency, balance, lines: [] }]));
}

async function store(tx: SqlExecutor, statements: ReadonlyMap<string, Statement>): Promise<void> {
  const lines = [...statements].flatMap(([accountId, statement]) =>
    statement.lines.map((line) => ({ ...line, accountId })),
  );
  if (lines.length === 0) return;
  await tx.query(sql`
    INSERT INTO account_statement (account_id, version, type, amount, balance, currency, event_id, order_id, at)
    SELECT "accountId", version, type, amount, balance, currency, "eventId", "orderId", at
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line(
      "accountId" text, version int, type text, amount int, balance int, currency text, "eventId" text, "orderId" text, at timestamptz)
    ON CONFLICT (account_id, version) DO NOTHING`);
}

export const accountStatementProjection = defineProjection<Statement, typeof accountEvents>({
  name: "account_statement",
  definitions: accountEvents,
  tables: ["account_statement"],
  key: (event) => event.data.accountId,
  project: projectStatement,
  load,
  store,
});

/** Newest first, before `beforeVersion`. */
export async function readStatement(
  db: SqlExecutor,
  accountId: string,
  { beforeVersion, limit }: { beforeVersion?: number | undefined; limit: number },
): Promise<StatementLine[]> {
  const older = beforeVersion === undefined ? sql`true` : sql`version < ${beforeVersion}::int`;
  const rows = await db.query<Omit<StatementLine, "at"> & { at: Date }>(sql`
    SELECT version, type, amount, balance, currency, event_id AS "eventId", order_id AS "orderId", at
    FROM account_statement WHERE account_id = ${accountId} AND ${older} ORDER BY version DESC LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
