/**
 * The checkout, orchestrated: create order, hold the credit that pays a part, charge, reserve stock, confirm. A refusal or a fault
 * that lasts undoes what was done, in reverse. The confirmation is the point of no return: mails go out only after it.
 *
 * Credit is held before the card is charged, so that no card is charged for an order whose credit is gone. An order that is paid
 * one way has no such step. Version 1 had none at all; its runs end under it.
 */
import { defineSaga, refuse, stepOperation, UNDONE_BY_OPERATOR } from "@tillstream/eventing";
import type { Saga, SagaFailure } from "@tillstream/eventing";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { reopenCart } from "../cart/index.ts";
import { giveBackDiscount } from "../pricing/index.ts";
import { CREDIT_GONE, loadOrder, NOT_COMPLETED, OrderCreated, STOPPED_BY_MERCHANT } from "../order/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { releaseStock, reserveStock } from "../stock/index.ts";
import { CHECKING_OUT } from "./appends.ts";
import { CHARGE_RETRY, chargeCard, recordCharge, recordRefund, refundCard } from "./card-payment.ts";
import type { CardCharge, CardRefund } from "./card-payment.ts";
import { captureCredit, creditOf, holdCredit, undoCredit } from "./credit-payment.ts";
import { attentionBy, COMPENSATION_FAILED } from "./attention.ts";
import { forkInput, mayForkCheckout } from "./may-fork.ts";
import { changeWithin } from "./order-change.ts";
import type { CheckoutContext, CheckoutInput } from "./order-change.ts";

const HOLD_CREDIT = "holdCredit";
const CHARGE = "charge";
/** What the engine calls a step that failed by a fault and not by a refusal. */
const FAULT_CODES: readonly string[] = ["TIMED_OUT", "UNAVAILABLE"];

export interface CheckoutPorts {
  readonly db: Database;
  readonly gateway: PaymentGateway;
}

/** New runs begin under the latest; the others end those that began under them. */
const VERSIONS = [1, 2] as const;

/** All versions, the latest last. */
export const checkoutSagas = (ports: CheckoutPorts): readonly Saga[] =>
  VERSIONS.map((version) => checkoutOf(ports, version));

function checkoutOf({ db, gateway }: CheckoutPorts, version: (typeof VERSIONS)[number]): Saga {
  /** Null for store credit, which needs no outside call. */
  async function charge(context: CheckoutContext, signal: AbortSignal): Promise<CardCharge | null> {
    const order = await loadOrder(db, context.input.orderId);
    return order.paymentMethod === "card" ? chargeCard(gateway, context, order, signal) : null;
  }

  async function refund(context: CheckoutContext, signal: AbortSignal): Promise<CardRefund | null> {
    const order = await loadOrder(db, context.input.orderId);
    return order.paymentMethod === "card" ? refundCard(gateway, context, order, signal) : null;
  }

  return defineSaga<CheckoutInput, typeof OrderCreated>({
    name: "checkout",
    version,
    startsOn: OrderCreated,
    start: ({ data: { orderId, creditPart } }) => ({
      subject: orderId,
      input: { orderId },
      startsAt: creditPart > 0 ? HOLD_CREDIT : CHARGE,
    }),
    pointOfNoReturn: "confirm",
    appends: CHECKING_OUT,
    ...attentionBy(COMPENSATION_FAILED),
    input: forkInput,
    mayFork: mayForkCheckout,
    steps: [
      { name: "createOrder", action: {}, compensation: { record: cancelOrder }, doneBefore: true },
      ...(version === 1
        ? []
        : [{ name: HOLD_CREDIT, action: { record: holdPart }, compensation: { record: undoPart } }]),
      {
        name: CHARGE,
        action: stepOperation({ call: charge, record: recordPayment }),
        compensation: stepOperation({ call: refund, record: recordUndonePayment }),
        retry: CHARGE_RETRY,
      },
      { name: "reserveStock", action: { record: reserve }, compensation: { record: release } },
      { name: "confirm", action: { record: confirm } },
    ],
  });
}

async function holdPart(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  const order = await loadOrder(tx, context.input.orderId);
  if (order.creditPart > 0) await holdCredit(tx, context, order);
}

async function undoPart(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  const order = await loadOrder(tx, context.input.orderId);
  if (order.creditPart > 0) await undoCredit(tx, context, order);
}

async function recordPayment(tx: SqlExecutor, context: CheckoutContext, charged: CardCharge | null): Promise<void> {
  if (charged !== null) return recordCharge(tx, context, charged);
  await holdCredit(tx, context, await loadOrder(tx, context.input.orderId));
}

async function recordUndonePayment(
  tx: SqlExecutor,
  context: CheckoutContext,
  refunded: CardRefund | null,
): Promise<void> {
  if (refunded !== null) return recordRefund(tx, context, refunded);
  const order = await loadOrder(tx, context.input.orderId);
  if (order.paymentMethod === "account") await undoCredit(tx, context, order);
}

async function reserve(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  const { orderId, lines } = await loadOrder(tx, context.input.orderId);
  const reservation = await reserveStock(tx, orderId, lines);
  if (!reservation.reserved) {
    throw refuse("conflict", "OUT_OF_STOCK", `Not enough stock of ${reservation.shortSkus.join(", ")}.`);
  }
  await changeWithin(tx, context, { type: "recordReservation", lines });
}

async function release(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  await releaseStock(tx, context.input.orderId);
  await changeWithin(tx, context, { type: "recordRelease" });
}

async function confirm(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  const order = await loadOrder(tx, context.input.orderId);
  if (creditOf(order) > 0) await captureCredit(tx, context, order);
  const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  await changeWithin(tx, context, { type: "confirm", units });
}

async function cancelOrder(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  const message = context.failure?.message ?? "The order was cancelled.";
  const code = context.failure === undefined ? "CANCELLED" : await reasonOf(tx, context, context.failure);
  await changeWithin(tx, context, { type: "cancel", reason: { code, message } });
  await reopenCart(tx, context.input.orderId);
  await giveBackDiscount(tx, context.input.orderId);
}

/** A person's word is not a step's failure. A fault names the payment service only where that was asked: every other fault is our own. */
async function reasonOf(tx: SqlExecutor, context: CheckoutContext, { step, code }: SagaFailure): Promise<string> {
  if (code === UNDONE_BY_OPERATOR) return STOPPED_BY_MERCHANT;
  if (step === HOLD_CREDIT && !FAULT_CODES.includes(code)) return CREDIT_GONE;
  if (!FAULT_CODES.includes(code)) return code;
  const { paymentMethod } = await loadOrder(tx, context.input.orderId);
  return step === CHARGE && paymentMethod === "card" ? code : NOT_COMPLETED;
}
