/** The questions whose plans matter, as the code asks them, and the index each must use. */
import { ledgerQuery, listQuery, orderListQuery, modules, orderNumber, toWordQuery } from "@tillstream/commerce";
import { cutStatement, kernelWaits } from "@tillstream/eventing";
import { historyQuery } from "@tillstream/trpc";
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

export interface Question {
  readonly title: string;
  readonly sql: Sql;
  /** One of these must be used; undefined for a table so small that reading it whole is the right plan. */
  readonly indexes?: readonly string[];
}

const history = (filter: object, { after, end }: { after?: number; end?: number } = {}) =>
  historyQuery({ limit: 50, order: "newest", withData: false, ...filter }, after, end);

export function questions(events: number): readonly Question[] {
  const middle = Math.floor(events / 2);
  return [
    { title: "catalogue: first page", sql: listQuery({ sort: "featured", limit: 24 }) },
    {
      title: "catalogue: a category by price",
      sql: listQuery({ sort: "price-asc", categories: ["ceramics"], limit: 24 }),
    },
    {
      title: "catalogue: search",
      sql: listQuery({
        sort: "relevance",
        words: { kind: "words", query: toWordQuery(["linen", "cush"]), others: [] },
        limit: 24,
      }),
    },
    {
      title: "order page",
      sql: sql`SELECT * FROM order_view WHERE order_id = ANY(${["77"]}::text[])`,
      indexes: ["order_view_pkey"],
    },
    {
      title: "merchant's orders: cancelled, newest first",
      sql: sql`SELECT * FROM order_view WHERE status = 'cancelled' AND true ORDER BY placed_at DESC, order_id DESC LIMIT 50`,
      indexes: ["order_view_status_placed_at_order_id_idx"],
    },
    {
      title: "merchant's orders: oldest first, a page on",
      sql: orderListQuery({ order: "oldest", after: { placedAt: "2026-01-01T00:00:00Z", orderId: "77" }, limit: 50 }),
      indexes: ["order_view_placed_at_order_id_idx"],
    },
    ...[
      ["its number", orderNumber("77").toLowerCase(), "orders_number_key"],
      ["its e-mail address", "shopper-77@example.com", "orders_email_prefix"],
      ["a word of its recipient's name", "77", "orders_name_words"],
      ["what all have in common", "shopper", "orders_placed_at_id_idx"],
      ["nothing at all", "nobody", "orders_charge"],
    ].map(([by = "", search = "", index = ""]) => ({
      title: `merchant's orders: found by ${by}`,
      sql: orderListQuery({ search, limit: 50 }),
      indexes: [index],
    })),
    {
      title: "stock: the ledger of an item",
      sql: ledgerQuery({ sku: "SKU-7", limit: 50 }),
      indexes: ["stock_ledger_sku_id_idx"],
    },
    { title: "event history: newest page", sql: history({}), indexes: ["event_log_pkey"] },
    { title: "event history: oldest first", sql: history({ order: "oldest" }), indexes: ["event_log_pkey"] },
    { title: "event history: a page far back", sql: history({}, { after: middle }), indexes: ["event_log_pkey"] },
    {
      title: "event history: a field of the payload, as far as one page looks",
      sql: history({ payload: "orderId=77" }, { end: middle }),
      indexes: ["event_log_pkey"],
    },
    {
      title: "event history: one type",
      sql: history({ type: "OrderConfirmed" }),
      // of a common type the newest fifty are found sooner from the end of the order itself
      indexes: ["event_log_type_position_idx", "event_log_pkey"],
    },
    {
      title: "event history: one stream",
      sql: history({ streamId: "order-77" }),
      indexes: ["event_log_stream_id_position_idx"],
    },
    {
      title: "event history: one correlation",
      sql: history({ correlationId: "28dd2c7955ce926456240b2ff0100bde" }),
      indexes: ["events_correlation"],
    },
    { title: "event history: one actor", sql: history({ actor: "user:4" }), indexes: ["events_actor"] },
    {
      title: "one stream",
      sql: sql`SELECT * FROM events WHERE stream_id = ${"order-77"} AND version > 0 ORDER BY version LIMIT 200`,
      indexes: ["events_stream_id_version_key"],
    },
    {
      title: "relay: claim a batch among the published",
      sql: sql`SELECT id, event_id FROM outbox_events WHERE NOT published ORDER BY id LIMIT 100`,
      indexes: ["outbox_events_unpublished"],
    },
    {
      title: "consumer: read on from a position",
      sql: sql`SELECT log.position, event.* FROM (SELECT position, event_id FROM event_log WHERE position > ${middle} ORDER BY position LIMIT 200) log
               JOIN events event USING (event_id) ORDER BY log.position`,
      indexes: ["event_log_pkey"],
    },
    {
      title: "lag: the oldest event not yet processed",
      sql: sql`SELECT recorded_at FROM event_log WHERE position > ${events - 1_050} ORDER BY position LIMIT 1`,
      indexes: ["event_log_pkey"],
    },
    {
      title: "saga sweeper: steps that are due",
      sql: sql`SELECT saga_id, step, kind FROM saga_steps WHERE status = 'pending' AND run_at < now() - interval '5 seconds' ORDER BY run_at LIMIT 100`,
      indexes: ["saga_steps_pending"],
    },
    {
      title: "waits that are too long, of all kinds",
      sql: cutStatement([...kernelWaits([], []), ...modules.flatMap(({ waits }) => waits)]),
      indexes: ["saga_steps_pending"],
    },
    {
      title: "sagas: newest page",
      sql: sql`SELECT * FROM sagas ORDER BY created_at DESC, saga_id DESC LIMIT 51`,
      indexes: ["sagas_created_at_saga_id_idx"],
    },
    {
      title: "inbox: was it processed?",
      sql: sql`SELECT FROM processed_events WHERE consumer = 'order_view' AND event_id = 'order-77:1'`,
      indexes: ["processed_events_pkey"],
    },
  ];
}
