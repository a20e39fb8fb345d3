/** Orders: the row, its history, its read model, its saga and its mail tell the same. */
import { fromEvents } from "@tillstream/eventing";
import { aggregates } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import type { Invariant } from "./invariant.ts";
import { sqlInvariant } from "./invariant.ts";
import { readStreams } from "./read-streams.ts";

const orders = sql`SELECT count(*)::int AS count FROM orders`;

interface OrderState {
  readonly status: string;
  readonly payment: { readonly status: string };
  readonly stock: string;
}

/** Replays every order and compares its row. */
const rowsAgreeWithHistory: Invariant = {
  name: "every order's row is what its events lead to",
  async check({ db }) {
    const aggregate = aggregates.find(({ streamType }) => streamType === "order");
    if (aggregate === undefined) throw new Error("there is no order aggregate");
    const rows = await db.query<{ id: string; row: string }>(sql`
      SELECT 'order-' || id AS id, version || ' ' || status || ' ' || payment_status || ' ' || stock_status AS row FROM orders`);
    const known = new Map(rows.map(({ id, row }) => [id, row]));
    const broken: string[] = [];
    for await (const [streamId, events] of readStreams(db, "order")) {
      const { state, version } = fromEvents(aggregate, events) as { state: OrderState; version: number };
      const replayed = `${version} ${state.status} ${state.payment.status} ${state.stock}`;
      if (known.get(streamId) !== replayed)
        broken.push(`${streamId}: row ${known.get(streamId) ?? "missing"}, events ${replayed}`);
    }
    return { checked: rows.length, broken };
  },
};

export const orderInvariants: readonly Invariant[] = [
  rowsAgreeWithHistory,
  sqlInvariant(
    "every order is confirmed or cancelled",
    orders,
    sql`SELECT id || ' is ' || status AS id FROM orders WHERE status NOT IN ('confirmed', 'cancelled')`,
  ),
  sqlInvariant(
    "every order's view agrees with its row",
    orders,
    sql`SELECT o.id FROM orders o LEFT JOIN order_view v ON v.order_id = o.id
        WHERE v.order_id IS NULL OR (v.status, v.version, v.total, v.currency) IS DISTINCT FROM (o.status, o.version, o.total, o.currency)`,
  ),
  sqlInvariant(
    "every checkout has ended as its order did",
    sql`SELECT count(*)::int AS count FROM sagas WHERE name = 'checkout'`,
    sql`SELECT o.id || ': order ' || o.status || ', checkout ' || coalesce(s.status, 'missing') AS id
        FROM orders o LEFT JOIN sagas s ON s.saga_id = 'checkout:' || o.id
        WHERE (o.status = 'confirmed') IS DISTINCT FROM (s.status = 'completed') OR (o.status = 'cancelled') IS DISTINCT FROM (s.status = 'compensated')`,
  ),
  sqlInvariant(
    "every confirmed order was mailed once, and no other",
    sql`SELECT count(*)::int AS count FROM mail_messages`,
    sql`SELECT o.id || ': ' || count(m.id) || ' confirmations' AS id
        FROM orders o LEFT JOIN mail_messages m ON m.order_id = o.id AND m.dedupe_key LIKE 'confirmation:%'
        GROUP BY o.id, o.status HAVING count(m.id) <> CASE o.status WHEN 'confirmed' THEN 1 ELSE 0 END`,
  ),
  sqlInvariant(
    "the days' sales are the sum of the confirmed orders",
    sql`SELECT count(*)::int AS count FROM sales_by_day`,
    sql`SELECT coalesce(s.day, c.day)::text || ' ' || coalesce(s.currency, c.currency) AS id
        FROM sales_by_day s FULL JOIN (
          SELECT (recorded_at AT TIME ZONE 'UTC')::date AS day, data ->> 'currency' AS currency, count(*)::int AS orders,
                 sum((data ->> 'total')::int)::bigint AS revenue, sum((data ->> 'units')::int)::int AS units
          FROM events WHERE type = 'OrderConfirmed' GROUP BY 1, 2) c ON c.day = s.day AND c.currency = s.currency
        WHERE (s.orders, s.revenue, s.units) IS DISTINCT FROM (c.orders, c.revenue, c.units)`,
  ),
];
