/** One subscription for all orders that a browser shows. Each is opened by its own right: one that is refused breaks no other. */
import { Refusal } from "@tillstream/eventing";
import type { ChangeFeed } from "@tillstream/eventing";
import { version } from "@tillstream/trpc/input";
import { z } from "zod";
import { assertMayReadOrder, orderAccess } from "./may-read.ts";
import type { OrderReader } from "./may-read.ts";
import type { OrderPage } from "./page.ts";
import { watchOrders } from "./watch.ts";

/** Their ids and links travel in one address, which has its bounds. */
export const ORDERS_WATCHED_MAX = 30;

export const watchAllInput = z.strictObject({
  orders: z
    .array(z.strictObject({ ...orderAccess.shape, afterVersion: version.optional() }))
    .min(1)
    .max(ORDERS_WATCHED_MAX),
});

type WatchedOrder = z.output<typeof watchAllInput>["orders"][number];

/** Which order, and how it is now or the stable reason why it does not open. */
export type OrderNews =
  | { readonly orderId: string; readonly page: OrderPage; readonly refused: null }
  | { readonly orderId: string; readonly page: null; readonly refused: string };

export async function* watchAll(
  ctx: OrderReader & { readonly changes: ChangeFeed },
  orders: readonly WatchedOrder[],
  signal: AbortSignal,
): AsyncGenerator<OrderNews> {
  const refusals = await Promise.all(orders.map((order) => refusalFor(ctx, order)));
  const seen = new Map<string, number>();
  for (const [index, { orderId, afterVersion = -1 }] of orders.entries()) {
    if (refusals[index] === undefined) seen.set(orderId, Math.min(afterVersion, seen.get(orderId) ?? afterVersion));
  }
  for (const [index, { orderId }] of orders.entries()) {
    const refused = refusals[index];
    if (refused !== undefined && !seen.has(orderId)) yield { orderId, page: null, refused };
  }
  for await (const page of watchOrders({ db: ctx.db, changes: ctx.changes, seen, signal })) {
    yield { orderId: page.orderId, page, refused: null };
  }
}

async function refusalFor(ctx: OrderReader, order: WatchedOrder): Promise<string | undefined> {
  try {
    await assertMayReadOrder(ctx, order);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
