/**
 * A return of some units of an order: announced, then received or withdrawn. Several may be open for one order; what they and the
 * refunds before them take of a line is never more than was bought. Pure.
 */
import { defineAggregate, refuse } from "@tillstream/eventing";
import type { Decider, NewEventOf } from "@tillstream/eventing";
import {
  AnnouncedUnitsRefunded,
  returnEvents,
  ReturnedLinesReceived,
  ReturnRequested,
  ReturnWithdrawn,
} from "./events.ts";

export type ReturnEvent = NewEventOf<typeof returnEvents>;

export interface Units {
  readonly sku: string;
  readonly quantity: number;
}

/** `quantity`: what is expected to come. */
export interface AnnouncedLine extends Units {
  /** A code, see `RETURN_REASONS`. */
  readonly reason: string;
  /** Units that were refunded by another way, and need not come any more. */
  readonly refunded?: number;
}

export interface ReceivedLine extends Units {
  /** Back on the shelf; otherwise written off. */
  readonly restock: boolean;
}

export type ReturnState =
  | { readonly status: "none" }
  | {
      readonly status: "requested" | "withdrawn" | "refunded" | "received";
      readonly returnId: string;
      readonly orderId: string;
      readonly lines: readonly AnnouncedLine[];
      readonly to: "card" | "credit";
      /** Empty until it is received. */
      readonly received: readonly ReceivedLine[];
      readonly refundIds: readonly string[];
    };

export type ReturnCommand =
  | RequestReturn
  | { readonly type: "withdraw"; readonly by: "customer" | "merchant" | "parcel" }
  /** Of each line no more than this can still be paid for. */
  | { readonly type: "dropRefunded"; readonly payable: readonly Units[] }
  | { readonly type: "receive"; readonly lines: readonly ReceivedLine[]; readonly refundIds: readonly string[] };

interface RequestReturn {
  readonly type: "request";
  readonly returnId: string;
  readonly orderId: string;
  readonly lines: readonly AnnouncedLine[];
  readonly to: "card" | "credit";
  readonly bought: readonly (Units & { readonly name: string })[];
  /** Units that were refunded, or that another return has announced; seen under the order's lock. */
  readonly taken: readonly Units[];
}

export const RETURN_REASONS = [
  "CHANGED_MIND",
  "DOES_NOT_FIT",
  "NOT_AS_DESCRIBED",
  "DAMAGED",
  "WRONG_ITEM",
  "OTHER",
] as const;

const initialState: ReturnState = { status: "none" };

export const unitsOf = (sku: string, lines: readonly Units[]): number =>
  lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);

/** A change that the return has seen already leads to no event, so that a repeated one is harmless. */
function decide(command: ReturnCommand, state: ReturnState): readonly ReturnEvent[] {
  if (command.type === "request") return state.status === "none" ? [request(command)] : [];
  if (state.status === "none") throw RETURN_NOT_FOUND;
  const { returnId, orderId } = state;
  if (command.type === "withdraw") {
    if (state.status === "withdrawn") return [];
    if (state.status === "received") throw ALREADY_RECEIVED;
    if (state.status === "refunded") throw ALREADY_REFUNDED;
    return [ReturnWithdrawn.create({ returnId, orderId, by: command.by })];
  }
  if (command.type === "dropRefunded") return dropRefunded(state, command.payable);
  assertReceivable(state, command.lines);
  return [
    ReturnedLinesReceived.create({ returnId, orderId, lines: [...command.lines], refundIds: [...command.refundIds] }),
  ];
}

export const RETURN_NOT_FOUND = refuse("notFound", "RETURN_NOT_FOUND", "This order has no such return.");

const ALREADY_RECEIVED = refuse("conflict", "RETURN_RECEIVED", "This return has arrived already.");

const ALREADY_REFUNDED = refuse(
  "conflict",
  "RETURN_REFUNDED",
  "Everything in this return is refunded already, so it is not expected any more.",
);

function dropRefunded(
  { status, returnId, orderId, lines }: Exclude<ReturnState, { readonly status: "none" }>,
  payable: readonly Units[],
): readonly ReturnEvent[] {
  if (status !== "requested") return [];
  const refunded = lines
    .map(({ sku, quantity }) => ({ sku, quantity: quantity - unitsOf(sku, payable) }))
    .filter(({ quantity }) => quantity > 0);
  if (refunded.length === 0) return [];
  const isAll = lines.every(({ sku, quantity }) => unitsOf(sku, refunded) === quantity);
  return [AnnouncedUnitsRefunded.create({ returnId, orderId, lines: refunded, isAll })];
}

function request({ returnId, orderId, lines, to, bought, taken }: RequestReturn): ReturnEvent {
  lines.forEach((line, at) => assertLeft(line, at, bought, taken));
  return ReturnRequested.create({ returnId, orderId, lines: [...lines], to });
}

function assertLeft(
  { sku, quantity }: Units,
  at: number,
  bought: RequestReturn["bought"],
  taken: readonly Units[],
): void {
  const line = bought.find((one) => one.sku === sku);
  if (line === undefined) {
    const message = `The order has no line ${sku}.`;
    throw refuse("invalid", "UNKNOWN_LINE", message, {
      fields: [{ field: `lines.${at}.sku`, rule: "a line", message }],
    });
  }
  const left = Math.max(line.quantity - unitsOf(sku, taken), 0);
  if (quantity <= left) return;
  const message =
    left === 0
      ? `${line.name} is refunded or on its way back already.`
      : `No more than ${left} of ${line.name} can still be sent back.`;
  throw refuse("conflict", "LINE_RETURNED", message, {
    fields: [{ field: `lines.${at}.quantity`, rule: `<= ${left}`, message }],
  });
}

/** It is still expected, and has announced so many of each line. */
export function assertReceivable(
  state: ReturnState,
  lines: readonly ReceivedLine[],
): asserts state is Exclude<ReturnState, { readonly status: "none" }> {
  if (state.status === "none") throw RETURN_NOT_FOUND;
  if (state.status === "received") throw ALREADY_RECEIVED;
  if (state.status === "refunded") throw ALREADY_REFUNDED;
  if (state.status === "withdrawn")
    throw refuse(
      "conflict",
      "RETURN_WITHDRAWN",
      "This return was withdrawn. Refund what came of it on the order's page.",
    );
  lines.forEach(({ sku }, at) => {
    const announced = unitsOf(sku, state.lines);
    if (unitsOf(sku, lines) <= announced) return;
    const message = `Of ${sku} the customer announced ${announced}. Receive no more than that.`;
    throw refuse("conflict", "NOT_ANNOUNCED", message, {
      fields: [{ field: `lines.${at}.quantity`, rule: `<= ${announced}`, message }],
    });
  });
}

function evolve(state: ReturnState, event: ReturnEvent): ReturnState {
  if (event.type === "ReturnRequested") return { ...event.data, status: "requested", received: [], refundIds: [] };
  if (state.status === "none") throw new Error(`${event.type} of a return that was never announced`);
  if (event.type === "ReturnWithdrawn") return { ...state, status: "withdrawn" };
  if (event.type === "AnnouncedUnitsRefunded") {
    const { lines, isAll } = event.data;
    const without = state.lines.map((line) => {
      const units = unitsOf(line.sku, lines);
      return units === 0 ? line : { ...line, quantity: line.quantity - units, refunded: (line.refunded ?? 0) + units };
    });
    return { ...state, lines: without, status: isAll ? "refunded" : state.status };
  }
  return { ...state, status: "received", received: event.data.lines, refundIds: event.data.refundIds };
}

export const orderReturn: Decider<ReturnState, ReturnCommand, ReturnEvent, ReturnEvent> = {
  initialState,
  decide,
  evolve,
};

/** A return is kept in a state row; as an aggregate it is replayed and travelled in. */
export const returnAggregate = defineAggregate({
  streamType: "return",
  events: returnEvents,
  commands: {
    request: ["ReturnRequested"],
    withdraw: ["ReturnWithdrawn"],
    dropRefunded: ["AnnouncedUnitsRefunded"],
    receive: ["ReturnedLinesReceived"],
  },
  decider: orderReturn,
  stateVersion: 1,
});
