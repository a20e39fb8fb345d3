/** The gateway's books as far as they were read, kept beside the orders, so that the two can be compared in SQL. */
import { join, sql } from "@tillstream/runtime";
import type { Clock, SqlExecutor } from "@tillstream/runtime";
import type { Capture, PaymentGateway } from "../payment/index.ts";

const PAGE_CAPTURES_MAX = 500;
/** Two million captures; the run after that goes on from the first it has not read. */
const PAGES_MAX = 4_000;

interface BookReader {
  readonly db: SqlExecutor;
  readonly gateway: Pick<PaymentGateway, "listCaptures">;
  readonly clock: Clock;
}

/** Reads every capture since an instant into `gateway_captures`; returns how many. */
export async function readBooks({ db, gateway, clock }: BookReader, since: Date, signal: AbortSignal): Promise<number> {
  let cursor: string | undefined;
  let count = 0;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const readAt = clock.now();
    const page = await gateway.listCaptures({ since, cursor, limit: PAGE_CAPTURES_MAX }, signal);
    await keepCaptures(db, page.captures, readAt);
    count += page.captures.length;
    cursor = page.nextCursor;
    if (cursor === undefined) return count;
  }
  throw new Error(`the gateway's books have more than ${PAGES_MAX} pages since ${since.toISOString()}`);
}

/** An older reading never replaces a newer one. */
export async function keepCaptures(db: SqlExecutor, captures: readonly Capture[], readAt: Date): Promise<void> {
  if (captures.length === 0) return;
  const rows = captures.map(
    ({ chargeId, orderId, amount, refunded, currency, at }) =>
      sql`(${chargeId}, ${orderId}, ${amount}::bigint, ${refunded}::bigint, ${currency}, ${at}::timestamptz, ${readAt}::timestamptz)`,
  );
  await db.query(sql`
    INSERT INTO gateway_captures (charge_id, order_id, amount, refunded, currency, captured_at, read_at) VALUES ${join(rows)}
    ON CONFLICT (charge_id) DO UPDATE SET refunded = EXCLUDED.refunded, read_at = EXCLUDED.read_at
    WHERE gateway_captures.read_at <= EXCLUDED.read_at`);
}
