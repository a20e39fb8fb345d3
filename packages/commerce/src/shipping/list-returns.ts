/** The parcels that came back, from the log: by whom they were received, why, and what is paid back for them. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { ReturnReceived } from "./events.ts";

export interface ReturnedParcel {
  /** In the log. */
  readonly position: number;
  readonly orderId: string;
  readonly number: string;
  readonly at: string;
  readonly reason: string;
  readonly actor: string;
  readonly actorName: string | null;
  /** All that was not paid back in parts before. */
  readonly paidBack: { readonly amount: number; readonly currency: string };
  /** False while it is on its way. */
  readonly isPaidBack: boolean;
}

export interface ReturnsPage {
  /** The position of the last one of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

interface ReturnRow extends Omit<ReturnedParcel, "at" | "paidBack"> {
  readonly at: Date;
  readonly amount: number;
  readonly currency: string;
}

function returnsQuery({ before, limit }: ReturnsPage): Sql {
  const older = before === undefined ? sql`true` : sql`position < ${before}::bigint`;
  return sql`
    SELECT log.position, placed.id AS "orderId", placed.number, log.recorded_at AS at, event.data ->> 'reason' AS reason,
           event.metadata ->> 'actor' AS actor, person.name AS "actorName",
           placed.total - (SELECT coalesce(sum((part ->> 'amount')::int), 0)::int FROM jsonb_array_elements(placed.refunds) part) AS amount,
           placed.currency, placed.payment_status = 'refunded' AS "isPaidBack"
    FROM (SELECT * FROM event_log WHERE type = ${ReturnReceived.type} AND ${older} ORDER BY position DESC LIMIT ${limit}) log
    CROSS JOIN LATERAL (SELECT * FROM events WHERE events.event_id = log.event_id OFFSET 0) event
    JOIN orders placed ON placed.id = event.data ->> 'orderId'
    LEFT JOIN auth_users person ON person.id = substring(event.metadata ->> 'actor' FROM '^user:(.*)$')
    ORDER BY log.position DESC`;
}

/** The latest first. */
export async function listReturns(db: SqlExecutor, page: ReturnsPage): Promise<ReturnedParcel[]> {
  const rows = await db.query<ReturnRow>(returnsQuery(page));
  return rows.map(({ at, amount, currency, ...row }) => ({
    ...row,
    at: at.toISOString(),
    paidBack: { amount, currency },
  }));
}
