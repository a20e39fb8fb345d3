/** `account_statement`: a line for each event that moved money or set it aside, with the balance after it. */
import { column, defineProjection, nullable, tableView } from "@tillstream/eventing";
import type { EventOf, RowOf } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountAggregate } from "../account.ts";
import { accountEvents } from "../events.ts";

type StatementType = "opened" | "deposit" | "withdrawal" | "hold" | "payment" | "release" | "refund" | "credit";

const statementLines = tableView({
  table: "account_statement",
  key: ["accountId", "version"],
  columns: {
    accountId: "text",
    version: "integer",
    type: column<StatementType>("text"),
    /** Minor units; what the event did to the balance, 0 for a hold and its release. */
    amount: "bigint",
    /** The balance after the event. */
    balance: "bigint",
    currency: "text",
    eventId: "text",
    orderId: nullable<string>("text"),
    at: "timestamptz",
  },
});

type StatementLine = RowOf<typeof statementLines>;

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
    case "CreditGranted":
      return { type: "credit", amount: event.data.amount, orderId: null };
    case "MoneyWithdrawn":
      return { type: "withdrawal", amount: -event.data.amount, orderId: null };
    case "HoldPlaced":
      return { type: "hold", amount: 0, orderId: event.data.orderId };
    case "HoldCaptured":
      return { type: "payment", amount: -event.data.amount, orderId: event.data.orderId };
    case "HoldReleased":
      return { type: "release", amount: 0, orderId: event.data.orderId };
    case "CreditRefunded":
    case "RefundCredited":
      return { type: "refund", amount: event.data.amount, orderId: event.data.orderId };
  }
}

function projectStatement(before: Statement | undefined, event: EventOf<typeof accountEvents>): Statement {
  const opened = event.type === "AccountCreated" ? { currency: event.data.currency, balance: 0, lines: [] } : undefined;
  const statement = before ?? opened;
  if (statement === undefined) throw new Error(`${event.eventId} came before the account was created`);
  const { currency } = statement;
  const effect = effectOf(event);
  const balance = statement.balance + effect.amount;
  const at = event.recordedAt.toISOString();
  const { version, eventId } = event;
  const { accountId } = event.data;
  const line: StatementLine = { ...effect, accountId, version, balance, currency, eventId, at };
  return { currency, balance, lines: [...statement.lines, line] };
}

/** The last line of each account's statement. */
async function load(tx: SqlExecutor, accountIds: readonly string[]): Promise<Map<string, Statement>> {
  const rows = await tx.query<{ accountId: string; currency: string; balance: number }>(sql`
    SELECT DISTINCT ON (account_id) account_id AS "accountId", currency, balance FROM account_statement
    WHERE account_id = ANY(${accountIds}::text[]) ORDER BY account_id, version DESC`);
  return new Map(rows.map(({ accountId, currency, balance }) => [accountId, { currency, balance, lines: [] }]));
}

function store(tx: SqlExecutor, statements: ReadonlyMap<string, Statement>): Promise<void> {
  const lines = [...statements.values()].flatMap((statement) => statement.lines);
  return statementLines.store(tx, new Map(lines.map((line) => [statementLines.keyOf(line), line])));
}

export const accountStatementProjection = defineProjection<Statement, typeof accountEvents>({
  ...statementLines,
  name: "account_statement",
  definitions: accountEvents,
  key: (event) => event.data.accountId,
  leadingKey: (accountId) => accountId,
  streamOf: accountAggregate.streamId,
  project: projectStatement,
  load,
  store,
});

/** Newest first, before `beforeVersion`. */
export async function readStatement(
  db: SqlExecutor,
  accountId: string,
  { beforeVersion, limit }: { beforeVersion?: number | undefined; limit: number },
): Promise<Omit<StatementLine, "accountId">[]> {
  const older = beforeVersion === undefined ? sql`true` : sql`version < ${beforeVersion}::int`;
  const rows = await db.query<StatementLine>(sql`
    SELECT ${statementLines.selected} FROM account_statement
    WHERE account_id = ${accountId} AND ${older} ORDER BY version DESC LIMIT ${limit}`);
  return rows.map(({ accountId: _, ...line }) => line);
}
