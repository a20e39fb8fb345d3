/** Paying by card: the gateway is outside, so each call carries the run's key and may be repeated. */
import { refuse } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { cardPartOf } from "../order/index.ts";
import type { OrderForCheckout } from "../order/index.ts";
import { giveBackAll } from "../payment/index.ts";
import type { ChargeInput, PaymentGateway } from "../payment/index.ts";
import { changeWithin } from "./order-change.ts";
import type { CheckoutContext } from "./order-change.ts";

/** The bank's word for it, where the shopper can do something about that in particular. */
const DECLINE_REASONS: Readonly<Record<string, string>> = { insufficient_funds: "INSUFFICIENT_FUNDS" };
const DECLINED = "CARD_DECLINED";
/** With which an order is cancelled whose card was declined. */
export const DECLINE_CODES: readonly string[] = [DECLINED, ...Object.values(DECLINE_REASONS)];

export interface CardCharge {
  readonly chargeId: string;
}

export interface CardRefund extends CardCharge {
  readonly refundId: string;
}

/** An order outlasts a gateway that is away for two minutes: its waits add up to 2 min 25 s. */
export const CHARGE_RETRY = { attempts: 20, backoffMs: 250, backoffMsMax: 10_000 } as const;

/** Asked again, it first looks up what became of the charge: one that was captured without an answer needs none. */
export async function chargeCard(
  gateway: PaymentGateway,
  context: CheckoutContext,
  order: OrderForCheckout,
  signal: AbortSignal,
): Promise<CardCharge> {
  const charge = chargeOf(order, context.idempotencyKey);
  const found = context.attempt > 1 ? await gateway.findCharge(charge, signal) : undefined;
  if (found?.kind === "processing") throw new Error("the gateway is still processing the charge");
  const outcome = found ?? (await gateway.charge(charge, signal));
  if (outcome.kind === "captured") return { chargeId: outcome.chargeId };
  throw refuse("unprocessable", DECLINE_REASONS[outcome.code] ?? DECLINED, outcome.message);
}

function chargeOf(order: OrderForCheckout, idempotencyKey: string): ChargeInput {
  const { orderId, currency, paymentToken } = order;
  return { orderId, amount: cardPartOf(order), currency, token: paymentToken ?? "", idempotencyKey };
}

export function recordCharge(tx: SqlExecutor, context: CheckoutContext, { chargeId }: CardCharge): Promise<void> {
  return changeWithin(tx, context, { type: "recordPayment", chargeId });
}

/** Looks up what the charge did, under its own key: it may have been captured without an answer. */
export async function refundCard(
  gateway: PaymentGateway,
  context: CheckoutContext,
  order: OrderForCheckout,
  signal: AbortSignal,
): Promise<CardRefund | null> {
  const found = await gateway.findCharge(chargeOf(order, context.actionKey), signal);
  if (found === undefined || found.kind === "declined") return null;
  if (found.kind === "processing") throw new Error("the gateway is still processing the charge");
  const { chargeId } = found;
  const refund = { chargeId, amount: cardPartOf(order), idempotencyKey: context.idempotencyKey };
  return { chargeId, refundId: await giveBackAll(gateway, refund, signal) };
}

/** A charge whose answer was lost is recorded before its refund, so that the history explains the money. */
export async function recordRefund(tx: SqlExecutor, context: CheckoutContext, refund: CardRefund): Promise<void> {
  await changeWithin(tx, context, { type: "recordPayment", chargeId: refund.chargeId });
  await changeWithin(tx, context, { type: "recordRefund", refundId: refund.refundId });
}
