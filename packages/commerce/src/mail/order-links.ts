/**
 * Sends the links that were asked for. The asking writes the same row whether there is such an order or not, and only
 * here, where no caller waits for an answer, it shows. A row is deleted with its mail; what cannot be sent within an hour is
 * dropped, since its owner has asked again by then.
 */
import { AT_ONCE, sql } from "@tillstream/runtime";
import type { Database, Logger, Loop } from "@tillstream/runtime";
import { referTo } from "../order/index.ts";
import type { OrderLinks } from "../order/index.ts";
import type { Mailer } from "./mailer.ts";
import { linkLetter } from "./templates.ts";

const POLL_MS = 2_000;
const BATCH_MAX = 50;
const KEPT_SECONDS = 3_600;

export interface OrderLinkSending {
  readonly db: Database;
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly links: OrderLinks;
}

/** Several may run at a time. */
export const orderLinkSending = ({ mailer, links }: Pick<OrderLinkSending, "mailer" | "links">): Loop => ({
  name: "order links",
  intervalMs: POLL_MS,
  due: sql`EXISTS (SELECT FROM order_link_requests)`,
  turn: async (ports) => ((await sendOrderLinks({ ...ports, mailer, links })) === BATCH_MAX ? AT_ONCE : POLL_MS),
});

/** Takes up what was asked for; returns how many requests are answered. */
export async function sendOrderLinks(options: OrderLinkSending): Promise<number> {
  const { db, logger } = options;
  const requests = await db.query<{ id: string }>(sql`
    SELECT id FROM order_link_requests ORDER BY requested_at LIMIT ${BATCH_MAX}`);
  let answered = 0;
  for (const { id } of requests) {
    try {
      await answerRequest(options, id);
      answered += 1;
    } catch (error) {
      logger.warn({ request: id, err: (error as Error).message }, "order links: not sent yet");
      await db.query(sql`
        DELETE FROM order_link_requests
        WHERE id = ${id} AND requested_at < now() - ${KEPT_SECONDS} * interval '1 second'`);
    }
  }
  return answered;
}

async function answerRequest({ db, mailer, links }: OrderLinkSending, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const orders = await tx.query<{ orderId: string; recipient: string; sealedFor: string }>(sql`
      WITH request AS (DELETE FROM order_link_requests WHERE id = ${id} RETURNING number, email)
      SELECT o.id AS "orderId", o.email AS recipient, coalesce(o.customer_id, o.id) AS "sealedFor" FROM request JOIN orders o USING (number)
      WHERE lower(o.email) = lower(request.email)`);
    for (const { orderId, recipient, sealedFor } of orders) {
      const letter = linkLetter(referTo(links, orderId), links.shop.orderLinkDays);
      await mailer.send(tx, { ...letter, recipient, orderId, sealedFor, dedupeKey: `link:${id}` });
    }
  });
}
