/** The orders that this browser shows, as they change, over one stream for all its tabs. */
import type { OrderNews, OrderPage } from "@tillstream/commerce";
import { createSharedStream, openSubscription, streamOf, type SharedStream } from "@tillstream/trpc/shared-stream";

/** The server's bound. What is beyond it is asked for at intervals, as when a stream is silent. */
export const ORDERS_WATCHED_MAX = 30;

export interface OrderAccess {
  readonly orderId: string;
  readonly accessToken?: string;
}

type OrderStream = SharedStream<OrderAccess, OrderPage>;

function create(): OrderStream {
  return createSharedStream({
    name: "fernhill.orders",
    open: streamOf<OrderAccess, OrderPage, OrderNews>(
      (topics, events) => {
        const watched = topics.slice(0, ORDERS_WATCHED_MAX);
        const orders = watched.map(({ input, after }) => ({ ...input, ...(after >= 0 && { afterVersion: after }) }));
        return openSubscription("orders.watchAll", { orders }, events);
      },
      ({ orderId, page }, topics) =>
        page === null
          ? [] // It does not open any more: what was seen of it stays, and its page asks by itself and hears why.
          : topics
              .filter(({ input }) => input.orderId === orderId)
              .map(({ key }) => ({ key, version: page.version, data: page })),
    ),
  });
}

let ofThisTab: OrderStream | undefined;

/** One for the whole tab. Nothing happens before the first subscription, which no server makes. */
export function orderStream(): OrderStream {
  return (ofThisTab ??= create());
}

/** One order may be open by its link and as one's own: each is asked for by its own right. */
export const topicOf = (access: OrderAccess, after: number) => ({
  key: `${access.orderId} ${access.accessToken ?? ""}`,
  input: access,
  after,
});
