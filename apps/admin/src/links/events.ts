/** Where things of the event flow can be looked at. Ids contain colons, which are fine in a path, but be safe. */
export const eventHref = (eventId: string) => `/events/${encodeURIComponent(eventId)}`;
export const streamHref = (streamId: string) => `/streams/${encodeURIComponent(streamId)}`;
export const sagaHref = (sagaId: string) => `/sagas/${encodeURIComponent(sagaId)}`;
export const orderHref = (orderId: string) => `/orders/${encodeURIComponent(orderId)}`;
export const customerHref = (customerId: string) => `/customers/${encodeURIComponent(customerId)}`;
export const stockItemHref = (sku: string) => `/stock/${encodeURIComponent(sku)}`;
/** The whole story of one correlation. */
export const flowHref = (correlationId: string) => `/flow/${encodeURIComponent(correlationId)}`;
export const projectionHref = (name: string) => `/projections/${encodeURIComponent(name)}`;

const ORDER_STREAM = "order-";

/** The order that a stream tells of; undefined for streams of other types. */
export function orderOfStream(streamId: string): string | undefined {
  return streamId.startsWith(ORDER_STREAM) ? streamId.slice(ORDER_STREAM.length) : undefined;
}

/** The stream of a store credit account. */
export const accountStream = (accountId: string) => `account-${accountId}`;

export const cancellationSagaOf = (orderId: string) => `cancellation:${orderId}`;
const CHECKOUT_SAGA = "checkout:";
export const checkoutSagaOf = (orderId: string) => `${CHECKOUT_SAGA}${orderId}`;

/** What a fork has after the id of the first run of its subject. */
const FORK = /~\d+$/;

/** The order that a saga is the checkout of, or a fork of it; undefined for any other. */
export function orderOfCheckout(sagaId: string): string | undefined {
  return sagaId.startsWith(CHECKOUT_SAGA) ? sagaId.slice(CHECKOUT_SAGA.length).replace(FORK, "") : undefined;
}
