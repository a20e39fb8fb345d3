/** Orders of one shop from their confirmation on, and what became of them, for the tests of what follows it. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { placeOrder } from "../checkout/index.ts";
import type { PlaceOrderInput } from "../checkout/index.ts";
import { adminRouter } from "../routers.ts";
import { createTestGateway } from "./test-gateway.ts";
import { createTestShop, orderInput, shopper } from "./test-shop.ts";

interface Recorded {
  readonly id: string;
  readonly type: string;
  readonly correlation: string;
  readonly causation: string;
  readonly actor: string;
}

export async function createFulfilment() {
  const shop = await createTestShop();
  const gateway = createTestGateway();

  /** Places an order and settles it; resolves to its id. */
  async function confirmed(overrides: Partial<PlaceOrderInput> = {}): Promise<string> {
    const placed = await placeOrder(shop.context({ user: shopper }), orderInput(overrides));
    await shop.settle(gateway);
    return placed.orderId;
  }

  const operator = (idempotencyKey?: string) =>
    createCallerFactory(adminRouter)(
      shop.context({ user: { ...shopper, role: "operator" }, ...(idempotencyKey !== undefined && { idempotencyKey }) }),
    );

  /** Everything that happened to the order and its shipment, in the order in which it did. */
  const story = (orderId: string) =>
    shop.database.query<Recorded>(sql`
      SELECT event_id AS id, events.type, metadata ->> 'correlationId' AS correlation, metadata ->> 'causationId' AS causation,
             metadata ->> 'actor' AS actor
      FROM events JOIN event_log USING (event_id)
      WHERE events.stream_id IN (${`order-${orderId}`}, ${`shipment-${orderId}`}) ORDER BY position`);

  async function orderOf(orderId: string) {
    const rows = await shop.database.query<{
      status: string;
      payment: string;
      stock: string;
      reason: string | null;
    }>(sql`
      SELECT status, payment_status AS payment, stock_status AS stock, cancel_reason AS reason FROM orders WHERE id = ${orderId}`);
    return rows[0];
  }

  const subjectsOf = async (orderId: string) => {
    const mails = await shop.mails(sql`WHERE order_id = ${orderId}`);
    return mails.map(({ subject, body }) => `${subject}: ${body}`);
  };

  return {
    shop,
    gateway,
    confirmed,
    operator,
    story,
    orderOf,
    subjectsOf,
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
}

export type Fulfilment = Awaited<ReturnType<typeof createFulfilment>>;
