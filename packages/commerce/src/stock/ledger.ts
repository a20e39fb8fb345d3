/** `stock_ledger`: each change of an item's stock as the view has it, with the event that it comes from. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { OrderShipped, RefundRequested, StockReleased, StockReserved } from "../order/index.ts";
import { ReturnReceived } from "../shipping/index.ts";
import { StockCounted, StockReceived } from "./events.ts";

const KINDS = {
  [StockReceived.type]: "received",
  [StockCounted.type]: "counted",
  [StockReserved.type]: "reserved",
  [StockReleased.type]: "released",
  [OrderShipped.type]: "shipped",
  [ReturnReceived.type]: "returned",
  [RefundRequested.type]: "restocked",
} as const;

export interface LedgerEntry {
  readonly id: string;
  readonly kind: (typeof KINDS)[keyof typeof KINDS] | "written off";
  /** Units that came or went; of a count, how many more or fewer there were than the books said. */
  readonly quantity: number;
  /** After it. */
  readonly available: number;
  /** Available or reserved, after it. */
  readonly onHand: number;
  readonly eventId: string;
  readonly at: string;
  /** By name where that is known. */
  readonly by: string;
  /** Of the merchant; what a customer says of a return is with the order. */
  readonly reason: string | null;
  readonly order: { readonly id: string; readonly number: string } | null;
}

type EntryRow = Omit<LedgerEntry, "kind" | "at"> & { readonly type: keyof typeof KINDS; readonly at: Date };

export interface LedgerPage {
  readonly sku: string;
  /** The id of the last entry of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/**
 * The page's SQL; exported so that its plan can be looked at. Each entry looks its event up: a plan that knows no limit would
 * read all events for a join.
 */
export function ledgerQuery({ sku, before, limit }: LedgerPage): Sql {
  const older = before === undefined ? sql`true` : sql`entry.id < ${before}::bigint`;
  return sql`
    SELECT entry.id::text, event.type, entry.quantity, entry.available, entry.available + entry.reserved AS "onHand",
           entry.event_id AS "eventId", event.recorded_at AS at, coalesce(person.name, event.metadata ->> 'actor') AS by,
           CASE WHEN event.stream_type = 'stock' THEN event.data ->> 'reason' END AS reason,
           CASE WHEN placed.id IS NOT NULL THEN jsonb_build_object('id', placed.id, 'number', placed.number) END AS order
    FROM (SELECT * FROM stock_ledger entry WHERE sku = ${sku} AND ${older} ORDER BY id DESC LIMIT ${limit}) entry
    CROSS JOIN LATERAL (SELECT * FROM events WHERE events.event_id = entry.event_id OFFSET 0) event
    LEFT JOIN orders placed ON placed.id = event.data ->> 'orderId'
    LEFT JOIN auth_users person ON person.id = substring(event.metadata ->> 'actor' FROM '^user:(.*)$')
    ORDER BY entry.id DESC`;
}

/** The latest first. */
export async function readLedger(db: SqlExecutor, page: LedgerPage): Promise<LedgerEntry[]> {
  const rows = await db.query<EntryRow>(ledgerQuery(page));
  const kindOf = ({ type, quantity }: EntryRow) =>
    KINDS[type] === "restocked" && quantity < 0 ? "written off" : KINDS[type];
  return rows.map(({ type, at, ...entry }) => ({
    ...entry,
    kind: kindOf({ type, at, ...entry }),
    at: at.toISOString(),
  }));
}

/** How far back an explanation looks. */
const RECENT_MAX = 50;

/** What came and went since so many were on hand, such as "shipped 2"; empty where the ledger does not know. */
export async function changesSince(db: SqlExecutor, sku: string, onHand: number): Promise<string> {
  const entries = await readLedger(db, { sku, limit: RECENT_MAX });
  const seen = entries.findIndex((entry) => entry.onHand === onHand);
  const later = entries.slice(0, Math.max(seen, 0)).filter(({ kind }) => kind !== "reserved" && kind !== "released");
  return later.map(({ kind, quantity }) => `${kind} ${kind === "counted" ? quantity : Math.abs(quantity)}`).join(", ");
}
