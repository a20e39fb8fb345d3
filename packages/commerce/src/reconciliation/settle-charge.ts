/**
 * One charge: look at the gateway and at the order, and settle what differs. Money that is due to no order is refunded
 * under a key made of the charge alone, so that however many workers and webhooks get here at once, it is given back
 * once. What a refund cannot settle is put before a person.
 */
import type { Clock, Database, SqlExecutor } from "@tillstream/runtime";
import {
  AMOUNT_EXCEEDS_CAPTURED,
  lockCharge,
  PaymentProtocolError,
  PaymentUnavailableError,
  refundIdElsewhere,
} from "../payment/index.ts";
import type { Capture, PaymentGateway, RefundOutcome } from "../payment/index.ts";
import { keepCaptures } from "./books.ts";
import { hasFindings, recordFinding, resolveFindings } from "./findings.ts";
import { judgeCapture, judgeMissing } from "./judge.ts";
import type { Difference, PaidOrder, Verdict } from "./judge.ts";
import { flagOrder, liftAnswered, recordRefundOnOrder } from "./order-record.ts";
import { loadPaidOrder } from "./suspects.ts";

export interface Reconciler {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  /** What the timeouts of a checkout's run add up to: a younger one is left alone. */
  readonly graceMs: number;
}

/** `open`: it could not be settled now, and is tried again. `accepted`: a person takes it as it is. */
export type Settlement = "agrees" | "tooEarly" | "unknown" | "repaired" | "attention" | "accepted" | "open";

interface Look {
  readonly verdict: Verdict;
  readonly order: PaidOrder | undefined;
  readonly capture: Capture | undefined;
}

/** @param orderId the order to judge a charge by that the gateway does not have */
export async function settleCharge(
  reconciler: Reconciler,
  chargeId: string,
  orderId: string,
  signal: AbortSignal,
): Promise<Settlement> {
  const first = await look(reconciler, chargeId, orderId, signal);
  if (first.verdict.kind === "tooEarly") return "tooEarly";
  if (first.verdict.kind === "agrees" && !(await hasFindings(reconciler.db, chargeId)))
    return first.capture === undefined ? "unknown" : "agrees";
  return reconciler.db.transaction(async (tx) => {
    await lockCharge(tx, chargeId);
    const within = { ...reconciler, db: tx };
    // A run may have ended between the two reads. Looked at once more, the gateway is read after the order has settled.
    return settle(within, await look(within, chargeId, orderId, signal), chargeId, signal);
  });
}

/** The same in the transaction that settles the charge. */
type Settling = Omit<Reconciler, "db"> & { readonly db: SqlExecutor };

async function settle(
  settling: Settling,
  { verdict, order, capture }: Look,
  chargeId: string,
  signal: AbortSignal,
): Promise<Settlement> {
  if (verdict.kind === "tooEarly") return "tooEarly";
  if (verdict.kind === "agrees") {
    await resolveFindings(settling.db, chargeId);
    if (order !== undefined) await liftAnswered(settling.db, order);
    return capture === undefined ? "unknown" : "agrees";
  }
  const { difference } = verdict;
  switch (difference.repair) {
    case "refund":
      return giveBack(settling, difference, order, signal);
    case "record":
      return recordGivenBack(settling, difference, order);
    case "attention":
      return askPerson(settling, difference, order);
  }
}

async function look(
  { db, gateway, clock, graceMs }: Settling,
  chargeId: string,
  orderId: string,
  signal: AbortSignal,
): Promise<Look> {
  const orderBefore = await loadPaidOrder(db, orderId);
  const readAt = clock.now();
  const capture = await gateway.findCapture(chargeId, signal);
  if (capture === undefined) {
    const verdict: Verdict =
      orderBefore === undefined ? { kind: "agrees" } : judgeMissing(orderBefore, chargeId, readAt, graceMs);
    return { verdict, order: orderBefore, capture };
  }
  await keepCaptures(db, [capture], readAt);
  // The order that the gateway names counts, not the one that a caller names.
  const order = capture.orderId === orderId ? orderBefore : await loadPaidOrder(db, capture.orderId);
  return { verdict: judgeCapture(capture, order, readAt, graceMs), order, capture };
}

async function giveBack(
  settling: Settling,
  difference: Difference,
  order: PaidOrder | undefined,
  signal: AbortSignal,
): Promise<Settlement> {
  const { db, gateway } = settling;
  const { chargeId, amount } = difference;
  const refund = { chargeId, amount, idempotencyKey: `reconcile:${chargeId}` };
  let outcome: RefundOutcome;
  try {
    outcome = await gateway.refund(refund, signal);
  } catch (error) {
    if (!(error instanceof PaymentUnavailableError || error instanceof PaymentProtocolError)) throw error;
    await recordFinding(db, difference, "open", `${difference.detail} The refund is tried again: ${error.message}.`);
    return "open";
  }
  if (outcome.kind === "refunded") {
    await recordFinding(db, difference, "repaired", `${difference.detail} Refunded as ${outcome.refundId}.`);
    if (order !== undefined) await recordRefundOnOrder(db, order, chargeId, outcome.refundId);
    return "repaired";
  }
  // It was given back elsewhere meanwhile: the next look writes it down.
  if (outcome.code === AMOUNT_EXCEEDS_CAPTURED) return "tooEarly";
  const detail = `${difference.detail} The gateway refused the refund: ${outcome.message}`;
  return askPerson({ ...settling, graceMs: 0 }, { ...difference, detail }, order);
}

async function recordGivenBack(
  { db }: Settling,
  difference: Difference,
  order: PaidOrder | undefined,
): Promise<Settlement> {
  const { chargeId, detail } = difference;
  await recordFinding(db, difference, "repaired", detail);
  if (order !== undefined) await recordRefundOnOrder(db, order, chargeId, refundIdElsewhere(chargeId));
  return "repaired";
}

/** Says it on the order once: what a person has answered there is not asked again while the difference stays the same. */
async function askPerson(
  { db, graceMs }: Settling,
  difference: Difference,
  order: PaidOrder | undefined,
): Promise<Settlement> {
  const { status, isNews } = await recordFinding(db, difference, "attention", difference.detail, graceMs);
  if (status === "attention" && isNews && order !== undefined) await flagOrder(db, order, difference);
  return status;
}
