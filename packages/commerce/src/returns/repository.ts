/** A return's state row, changed only together with its events. Whoever changes one holds the lock of its order. */
import { defineStateStored, executeIn, refuse } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { orderNumber, REFUND_TARGETS, targetOf } from "../order/index.ts";
import { returnAggregate } from "./return.ts";
import type { AnnouncedLine, ReceivedLine, ReturnCommand, ReturnState, Units } from "./return.ts";

interface ReturnRow {
  readonly returnId: string;
  readonly orderId: string;
  readonly version: number;
  readonly status: Exclude<ReturnState["status"], "none">;
  readonly lines: readonly AnnouncedLine[];
  readonly to: "card" | "credit";
  readonly received: readonly ReceivedLine[];
  readonly refundIds: readonly string[];
}

const COLUMNS = sql`
  return_id AS "returnId", order_id AS "orderId", version, status, lines, refund_to AS "to", received, refund_ids AS "refundIds"`;

const returns = defineStateStored(returnAggregate, {
  async load(tx, returnId) {
    const [row] = await tx.query<ReturnRow>(
      sql`SELECT ${COLUMNS} FROM order_returns WHERE return_id = ${returnId} FOR UPDATE`,
    );
    if (row === undefined) return undefined;
    const { version, ...state } = row;
    return { state, version };
  },
  store(returnId, { state, version }) {
    if (state.status === "none") return undefined;
    const { orderId, status, lines, to, received, refundIds } = state;
    return sql`
      INSERT INTO order_returns (return_id, order_id, ordinal, version, status, lines, refund_to)
      SELECT ${returnId}, ${orderId}, ${ordinalOf(returnId)}::int, ${version}::int, ${status}, ${JSON.stringify(lines)}::jsonb, ${to}
      ON CONFLICT (return_id) DO UPDATE SET version = excluded.version, status = excluded.status,
        lines = excluded.lines, received = ${JSON.stringify(received)}::jsonb, refund_ids = ${refundIds}::text[],
        settled_at = CASE WHEN excluded.status <> 'requested' THEN now() END`;
  },
});

/** Carries out a command on a return. No event means no change. */
export async function changeReturn(
  tx: SqlExecutor,
  returnId: string,
  command: ReturnCommand,
  metadata: EventMetadata,
): Promise<void> {
  await executeIn(tx, returns, returnId, command, metadata);
}

/** The state under its lock; `none` where the order has no such return. */
export async function lockReturn(tx: SqlExecutor, orderId: string, returnId: string): Promise<ReturnState> {
  const state = (await returns.load(tx, returnId))?.state;
  return state?.status !== "none" && state?.orderId === orderId ? state : { status: "none" };
}

const ordinalOf = (returnId: string): number => Number(/-(\d+)$/.exec(returnId)?.[1]);

/** Such as `7K2MQ-X40VB-R1`. */
export const numberOf = ({ orderId, returnId }: { readonly orderId: string; readonly returnId: string }): string =>
  `${orderNumber(orderId)}-R${ordinalOf(returnId)}`;

/** Of one order, withdrawn ones too: each is a mail. */
export const RETURNS_MAX = 50;

/** The caller has the order's lock. */
export async function nextReturnId(tx: SqlExecutor, orderId: string): Promise<string> {
  const [row] = await tx.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM order_returns WHERE order_id = ${orderId}`,
  );
  const before = row?.count ?? 0;
  if (before < RETURNS_MAX) return `${orderId}-${before + 1}`;
  throw refuse("conflict", "TOO_MANY_RETURNS", `Of this order ${before} returns were announced. Write to us.`);
}

interface OpenReturn {
  readonly returnId: string;
  readonly lines: readonly Units[];
}

/** Those of the order that are on their way, the oldest first. */
export function openReturns(tx: SqlExecutor, orderId: string): Promise<readonly OpenReturn[]> {
  return tx.query<OpenReturn>(sql`
    SELECT return_id AS "returnId", lines FROM order_returns
    WHERE order_id = ${orderId} AND status = 'requested' ORDER BY ordinal`);
}

/** As pages show it. */
export interface ReturnPage {
  readonly returnId: string;
  readonly orderId: string;
  readonly number: string;
  readonly status: ReturnRow["status"];
  readonly lines: readonly (AnnouncedLine & { readonly name: string })[];
  /** Where its money goes: it can take it, whatever was announced. */
  readonly to: "card" | "credit";
  /** What has come of it. */
  readonly received: readonly ReceivedLine[];
  /** The order's refunds that pay for it. */
  readonly refundIds: readonly string[];
  readonly requestedAt: string;
  /** When it was received, withdrawn or refunded by another way. */
  readonly settledAt: string | null;
}

export interface ReturnFilter {
  readonly orderId?: string | undefined;
  readonly status?: ReturnRow["status"] | undefined;
  /** The last one of the page before. */
  readonly after?: { readonly requestedAt: string; readonly returnId: string } | undefined;
  readonly limit: number;
}

function returnsQuery({ orderId, status, after, limit }: ReturnFilter): Sql {
  const ofOrder = orderId === undefined ? sql`true` : sql`order_id = ${orderId}`;
  const inStatus = status === undefined ? sql`true` : sql`status = ${status}`;
  const older =
    after === undefined
      ? sql`true`
      : sql`(requested_at, return_id) < (${after.requestedAt}::timestamptz, ${after.returnId})`;
  return sql`
    SELECT ${COLUMNS}, (SELECT ${REFUND_TARGETS} FROM orders WHERE id = order_id) AS targets, requested_at AS "requestedAt", settled_at AS "settledAt",
           (SELECT jsonb_object_agg(sku, name) FROM order_lines WHERE order_lines.order_id = order_returns.order_id) AS names
    FROM order_returns WHERE ${ofOrder} AND ${inStatus} AND ${older}
    ORDER BY requested_at DESC, return_id DESC LIMIT ${limit}`;
}

interface ListedRow extends ReturnRow {
  readonly requestedAt: Date;
  readonly settledAt: Date | null;
  readonly names: Readonly<Record<string, string>>;
  readonly targets: readonly ReturnRow["to"][];
}

/** The latest first. */
export async function listReturns(db: SqlExecutor, filter: ReturnFilter): Promise<ReturnPage[]> {
  const rows = await db.query<ListedRow>(returnsQuery(filter));
  return rows.map(({ version: _, names, targets, requestedAt, settledAt, lines, to, ...row }) => ({
    ...row,
    to: targetOf(targets, to),
    number: numberOf(row),
    lines: lines.map((line) => ({ ...line, name: names[line.sku] ?? line.sku })),
    requestedAt: requestedAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  }));
}
