/**
 * How people read the state of each type of stream: which value the ledger has a column for, what its places are called and
 * which of them are money. What is not named here is called as it is in the state.
 */

export interface Shape {
  /** What the stream is of. */
  readonly of: string;
  readonly figure: { readonly title: string; readonly path: string };
  /** Where the currency of its amounts is. */
  readonly currency?: string;
  /** An expression that may be true of such a state. */
  readonly example: string;
  /** By path, in which `*` is any one segment. */
  readonly places: Readonly<Record<string, Place>>;
}

interface Place {
  readonly name: string;
  readonly isMoney?: boolean;
  /** There are many of them: the segment at the `*` says which. */
  readonly isOfMany?: boolean;
  /** Of no interest to a person: left out of what changed. */
  readonly isHidden?: boolean;
}

const account: Shape = {
  of: "an account",
  figure: { title: "Balance", path: "/balance" },
  currency: "/currency",
  example: "balance >= 5000",
  places: {
    "/accountId": { name: "account" },
    "/balance": { name: "balance", isMoney: true },
    "/holds/*/amount": { name: "amount", isMoney: true, isOfMany: true },
    "/holds/*/status": { name: "status", isOfMany: true },
    "/holds/*/orderId": { name: "order", isOfMany: true },
  },
};

const order: Shape = {
  of: "an order",
  figure: { title: "Status", path: "/status" },
  currency: "/currency",
  example: 'status = "confirmed"',
  places: {
    "/orderId": { name: "order" },
    "/total": { name: "total", isMoney: true },
    "/creditPart": { name: "of it from store credit", isMoney: true },
    "/creditTaken": { name: "credit taken" },
    "/payment/status": { name: "payment" },
    "/payment/chargeId": { name: "charge" },
    "/attention/*": { name: "waits for" },
    "/refunds/*/amount": { name: "refunded in parts", isMoney: true },
    "/refunds/*/to": { name: "refunded to" },
    "/refunds/*/creditPart": { name: "of it as store credit", isMoney: true },
    "/refunds/*/lines/*/sku": { name: "refunded item" },
    "/refunds/*/lines/*/quantity": { name: "units" },
    "/refunds/*/restock": { name: "back on the shelf" },
    "/refunds/*/status": { name: "refund" },
    "/refunds/*/refundId": { name: "refund id", isHidden: true },
    "/refunds/*/hadLeft": { name: "had left", isHidden: true },
  },
};

const shipment: Shape = {
  of: "a shipment",
  figure: { title: "Status", path: "/status" },
  example: 'status = "created"',
  places: {
    "/orderId": { name: "order" },
    "/shipmentId": { name: "shipment" },
    "/dueAt": { name: "due" },
    "/label/carrier": { name: "carrier" },
    "/label/trackingNumber": { name: "tracking number" },
    "/returnReason": { name: "reason of the return" },
  },
};

const shapes: Readonly<Record<string, Shape>> = { account, order, shipment };

export function shapeOf(streamType: string): Shape | undefined {
  return Object.hasOwn(shapes, streamType) ? shapes[streamType] : undefined;
}

/** What the ledger asks of each state. */
export function shownOf(shape: Shape | undefined): string[] {
  if (shape === undefined) return [];
  return [shape.figure.path, ...(shape.currency === undefined ? [] : [shape.currency])];
}

/** The same question for server and browser. */
export function changesInput(
  streamId: string,
  page: { readonly afterVersion: number; readonly limit: number },
  shape: Shape | undefined,
) {
  return { streamId, ...page, show: shownOf(shape) };
}
