/** Where things of the event flow can be looked at. Ids hold colons, which are fine in a path, but be safe. */
export const eventHref = (eventId: string) => `/events/${encodeURIComponent(eventId)}`;
export const streamHref = (streamId: string) => `/streams/${encodeURIComponent(streamId)}`;
export const sagaHref = (sagaId: string) => `/sagas/${encodeURIComponent(sagaId)}`;
export const orderHref = (orderId: string) => `/orders/${encodeURIComponent(orderId)}`;
export const projectionHref = (name: string) => `/projections/${encodeURIComponent(name)}`;

const ORDER_STREAM = "order-";

/** The order that a stream tells of; undefined for streams of other types. */
export function orderOfStream(streamId: string): string | undefined {
  return streamId.startsWith(ORDER_STREAM) ? streamId.slice(ORDER_STREAM.length) : undefined;
}

/** The stream of a store credit account. */
export const accountStream = (accountId: string) => `account-${accountId}`;

/** Whether the stream's type has a state that can be replayed from its events. */
export const hasState = (streamId: string) => /^(order|account|shipment)-/.test(streamId);

export const cancellationSagaOf = (orderId: string) => `cancellation:${orderId}`;
export const checkoutSagaOf = (orderId: string) => `checkout:${orderId}`;

/** An order's number as its customer reads it in mails: the last eight characters of its id. */
export const orderNumber = (orderId: string) => orderId.slice(-8).toUpperCase();
