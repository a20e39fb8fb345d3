/** The customer's account: never below zero, one currency, every operation bounded. Pure. */
import { defineAggregate, refuse } from "@tillstream/eventing";
import type { Decider, NewEventOf } from "@tillstream/eventing";
import {
  AccountCreated,
  accountEvents,
  CreditGranted,
  CreditRefunded,
  HoldCaptured,
  HoldPlaced,
  HoldReleased,
  MoneyDeposited,
  MoneyWithdrawn,
  RefundCredited,
} from "./events.ts";
import { insufficient, noRoom, outOfRange, wrongCurrency } from "./refusals.ts";

export type AccountEvent = NewEventOf<typeof accountEvents>;

interface Hold {
  readonly orderId: string;
  readonly amount: number;
  readonly status: "held" | "captured" | "released" | "refunded";
}

export interface AccountState {
  /** Empty until the account is opened. */
  readonly accountId: string;
  readonly currency: string;
  /** Minor units; what is held is part of it. */
  readonly balance: number;
  readonly holds: Readonly<Record<string, Hold>>;
  /** Of orders, in parts: their ids. */
  readonly refunds: readonly string[];
}

export type AccountCommand =
  | { readonly type: "open"; readonly accountId: string; readonly currency: string }
  | { readonly type: "deposit"; readonly amount: number; readonly currency: string }
  | { readonly type: "withdraw"; readonly amount: number; readonly currency: string }
  | { readonly type: "grant"; readonly amount: number; readonly currency: string }
  | {
      readonly type: "placeHold";
      readonly holdId: string;
      readonly orderId: string;
      readonly amount: number;
      readonly currency: string;
    }
  | { readonly type: "captureHold"; readonly holdId: string }
  /** `inParts`: what came back of a captured one by itself. */
  | { readonly type: "undoHold"; readonly holdId: string; readonly inParts?: number }
  | {
      readonly type: "creditRefund";
      readonly refundId: string;
      readonly orderId: string;
      readonly amount: number;
      readonly currency: string;
    };

/** Accounts are kept in the shop's currency. */
export const ACCOUNT_CURRENCY = "USD";
/** 10,000.00 in a currency with two decimals. */
export const OPERATION_AMOUNT_MAX = 1_000_000;
/** 100,000.00: what one account may hold. */
export const BALANCE_MAX = 10_000_000;

const initialState: AccountState = { accountId: "", currency: "", balance: 0, holds: {}, refunds: [] };

export function heldOf(state: AccountState): number {
  return Object.values(state.holds).reduce((sum, hold) => (hold.status === "held" ? sum + hold.amount : sum), 0);
}

export function availableOf(state: AccountState): number {
  return state.balance - heldOf(state);
}

function decide(command: AccountCommand, state: AccountState): readonly AccountEvent[] {
  if (command.type === "open") {
    if (state.accountId === "")
      return [AccountCreated.create({ accountId: command.accountId, currency: command.currency })];
    if (state.currency !== command.currency) throw wrongCurrency(state.currency);
    return [];
  }
  if (state.accountId === "")
    throw refuse("notFound", "ACCOUNT_NOT_OPEN", "You have no store credit account yet. Open one first.");
  switch (command.type) {
    case "deposit":
      return deposit(valid(command, state), state);
    case "grant":
      return grant(valid(command, state), state);
    case "withdraw":
      return withdraw(valid(command, state), state);
    case "placeHold":
      return placeHold(command, state);
    case "captureHold":
      return captureHold(command.holdId, state);
    case "undoHold":
      return undoHold(command, state);
    case "creditRefund":
      return creditRefund(command, state);
  }
}

/** The amount of an operation, when the account may be asked for it. */
function valid({ amount, currency }: { amount: number; currency: string }, state: AccountState): number {
  if (currency !== state.currency) throw wrongCurrency(state.currency);
  if (Number.isInteger(amount) && amount > 0 && amount <= OPERATION_AMOUNT_MAX) return amount;
  throw outOfRange(OPERATION_AMOUNT_MAX, currency);
}

function deposit(amount: number, state: AccountState): readonly AccountEvent[] {
  assertRoomFor(amount, state);
  return [MoneyDeposited.create({ accountId: state.accountId, amount })];
}

function grant(amount: number, state: AccountState): readonly AccountEvent[] {
  assertRoomFor(amount, state);
  return [CreditGranted.create({ accountId: state.accountId, amount })];
}

function assertRoomFor(amount: number, { balance, currency }: AccountState): void {
  if (balance + amount > BALANCE_MAX) throw noRoom(BALANCE_MAX, currency);
}

function withdraw(amount: number, state: AccountState): readonly AccountEvent[] {
  assertAvailable(amount, state);
  return [MoneyWithdrawn.create({ accountId: state.accountId, amount })];
}

function assertAvailable(amount: number, state: AccountState): void {
  const available = availableOf(state);
  if (available < amount) throw insufficient(available, state.currency);
}

/** A hold that is there already is the same hold: a repeated saga step is harmless. */
function placeHold(
  { holdId, orderId, amount, currency }: Extract<AccountCommand, { type: "placeHold" }>,
  state: AccountState,
): readonly AccountEvent[] {
  if (state.holds[holdId] !== undefined) return [];
  if (currency !== state.currency) throw wrongCurrency(state.currency);
  assertAvailable(amount, state);
  return [HoldPlaced.create({ accountId: state.accountId, holdId, orderId, amount })];
}

function captureHold(holdId: string, state: AccountState): readonly AccountEvent[] {
  const hold = state.holds[holdId];
  if (hold?.status === "captured") return [];
  if (hold?.status !== "held") throw refuse("conflict", "HOLD_NOT_OPEN", "No store credit is reserved under this id.");
  return [HoldCaptured.create({ accountId: state.accountId, holdId, orderId: hold.orderId, amount: hold.amount })];
}

/** Released when it was only held, refunded when it was captured, nothing when it never was or is undone already. */
function undoHold(
  { holdId, inParts = 0 }: Extract<AccountCommand, { type: "undoHold" }>,
  state: AccountState,
): readonly AccountEvent[] {
  const hold = state.holds[holdId];
  if (hold === undefined) return [];
  const data = { accountId: state.accountId, holdId, orderId: hold.orderId, amount: hold.amount };
  if (hold.status === "held") return [HoldReleased.create(data)];
  const amount = hold.amount - inParts;
  return hold.status === "captured" && amount > 0 ? [CreditRefunded.create({ ...data, amount })] : [];
}

/** Owed money is taken whatever the account holds; the same refund once. */
function creditRefund(
  { refundId, orderId, amount, currency }: Extract<AccountCommand, { type: "creditRefund" }>,
  state: AccountState,
): readonly AccountEvent[] {
  if (state.refunds.includes(refundId)) return [];
  if (currency !== state.currency) throw wrongCurrency(state.currency);
  return [RefundCredited.create({ accountId: state.accountId, refundId, orderId, amount })];
}

function evolve(state: AccountState, event: AccountEvent): AccountState {
  switch (event.type) {
    case "AccountCreated":
      return { ...state, accountId: event.data.accountId, currency: event.data.currency };
    case "MoneyDeposited":
    case "CreditGranted":
      return { ...state, balance: state.balance + event.data.amount };
    case "MoneyWithdrawn":
      return { ...state, balance: state.balance - event.data.amount };
    case "HoldPlaced":
      return withHold(state, event.data, "held");
    case "HoldCaptured":
      return withHold({ ...state, balance: state.balance - event.data.amount }, event.data, "captured");
    case "HoldReleased":
      return withHold(state, event.data, "released");
    case "CreditRefunded":
      return withHold({ ...state, balance: state.balance + event.data.amount }, event.data, "refunded");
    case "RefundCredited": {
      const { refundId, amount } = event.data;
      return { ...state, balance: state.balance + amount, refunds: [...state.refunds, refundId] };
    }
  }
}

function withHold(
  state: AccountState,
  { holdId, orderId, amount }: { holdId: string; orderId: string; amount: number },
  status: Hold["status"],
): AccountState {
  return { ...state, holds: { ...state.holds, [holdId]: { orderId, amount, status } } };
}

const account: Decider<AccountState, AccountCommand, AccountEvent, AccountEvent> = { initialState, decide, evolve };

export const ACCOUNT_STREAM = "account";

export const accountAggregate = defineAggregate({
  streamType: ACCOUNT_STREAM,
  events: accountEvents,
  commands: {
    open: ["AccountCreated"],
    deposit: ["MoneyDeposited"],
    withdraw: ["MoneyWithdrawn"],
    grant: ["CreditGranted"],
    placeHold: ["HoldPlaced"],
    captureHold: ["HoldCaptured"],
    creditRefund: ["RefundCredited"],
    undoHold: ["HoldReleased", "CreditRefunded"],
  },
  decider: account,
  stateVersion: 2,
  snapshotEvery: 100,
});
