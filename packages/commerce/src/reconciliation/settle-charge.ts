/**
 * One charge: look at the gateway and at the order, and settle what differs. Money that is due to nobody is given back
 * under a key made of the charge alone, so that however many workers and webhooks get here at once, it is given back
 * once. What a refund cannot settle is put before a person.
 */
import type { Clock, Database } from "@tillstream/runtime";
import { PaymentProtocolError, PaymentUnavailableError } from "../payment/index.ts";
import type { Capture, PaymentGateway } from "../payment/index.ts";
import { keepCaptures } from "./books.ts";
import { recordFinding, resolveFindings } from "./findings.ts";
import { judgeCapture, judgeMissing } from "./judge.ts";
import type { Difference, PaidOrder, Verdict } from "./judge.ts";
import { flagOrder, recordRefundOnOrder, unflagOrder } from "./order-record.ts";
import { loadPaidOrder } from "./suspects.ts";

export interface Reconciler {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  /** What the timeouts of a checkout's run add up to: a younger one is left alone. */
  readonly graceMs: number;
}

/** `open`: it could not be settled now, and is tried again. */
export type Settlement = "agrees" | "tooEarly" | "unknown" | "repaired" | "attention" | "open";

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
  // A run may have ended between the two reads. Looked at once more, the gateway is read after the order has settled.
  const { verdict, order, capture } =
    first.verdict.kind === "differs" ? await look(reconciler, chargeId, orderId, signal) : first;
  if (verdict.kind === "tooEarly") return "tooEarly";
  if (verdict.kind === "agrees") {
    const resolved = await resolveFindings(reconciler.db, chargeId);
    if (resolved && order !== undefined) await unflagOrder(reconciler.db, order);
    return capture === undefined ? "unknown" : "agrees";
  }
  const { difference } = verdict;
  return difference.repair === "refund"
    ? giveBack(reconciler, difference, order, signal)
    : askPerson(reconciler, difference, order);
}

async function look(
  { db, gateway, clock, graceMs }: Reconciler,
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
  // The order that the gateway names counts, not the one that somebody told us.
  const order = capture.orderId === orderId ? orderBefore : await loadPaidOrder(db, capture.orderId);
  return { verdict: judgeCapture(capture, order, readAt, graceMs), order, capture };
}

async function giveBack(
  { db, gateway }: Reconciler,
  difference: Difference,
  order: PaidOrder | undefined,
  signal: AbortSignal,
): Promise<Settlement> {
  const { chargeId, amount } = difference;
  const refund = { chargeId, amount, idempotencyKey: `reconcile:${chargeId}` };
  try {
    const outcome = await gateway.refund(refund, signal);
    if (outcome.kind === "refused") {
      // Somebody else gave it back meanwhile: the next look finds that the two agree.
      if (outcome.code === "amount_exceeds_captured") return "tooEarly";
      return await askPerson(
        { db, graceMs: 0 },
        { ...difference, detail: `${difference.detail} The gateway refused the refund: ${outcome.message}` },
        order,
      );
    }
    await db.transaction(async (tx) => {
      if (order !== undefined) await recordRefundOnOrder(tx, order, chargeId, outcome.refundId);
      await recordFinding(tx, difference, "repaired", `${difference.detail} Refunded as ${outcome.refundId}.`);
    });
    return "repaired";
  } catch (error) {
    if (!(error instanceof PaymentUnavailableError || error instanceof PaymentProtocolError)) throw error;
    await recordFinding(db, difference, "open", `${difference.detail} The refund is tried again: ${error.message}.`);
    return "open";
  }
}

async function askPerson(
  { db, graceMs }: Pick<Reconciler, "db" | "graceMs">,
  difference: Difference,
  order: PaidOrder | undefined,
): Promise<Settlement> {
  return db.transaction(async (tx) => {
    const { status } = await recordFinding(tx, difference, "attention", difference.detail, graceMs);
    if (status === "attention" && order !== undefined) await flagOrder(tx, order, difference);
    return status;
  });
}
