/**
 * A cancellation, the shopper's or the merchant's, orchestrated: refund, release the stock, cancel the order. It starts when the order has
 * accepted the request, which is its point of no return: from there it only goes forward. Nothing that it has done is
 * taken back when a step fails for good; a person has to see to the rest, and the order says so.
 */
import { defineSaga, refuse, stepOperation } from "@tillstream/eventing";
import type { Saga } from "@tillstream/eventing";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { CancellationRequested, loadCancelReason, loadOrder } from "../order/index.ts";
import { RefundRefusedError } from "../payment/index.ts";
import { giveBackDiscount } from "../pricing/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { releaseStock } from "../stock/index.ts";
import { CANCELLING } from "./appends.ts";
import { attentionBy, CANCELLATION_FAILED } from "./attention.ts";
import { forkInput, mayForkCancellation } from "./may-fork.ts";
import { changeWithin } from "./order-change.ts";
import type { CheckoutContext, CheckoutInput } from "./order-change.ts";
import { recordRefundOf, refundOutside } from "./refund.ts";
import type { Refund } from "./refund.ts";

export interface CancellationPorts {
  readonly db: Database;
  readonly gateway: PaymentGateway;
}

/** Patient: cancellation cannot be taken back, and a gateway may be away for minutes. */
const REFUND_RETRY = { attempts: 20, backoffMs: 1_000, backoffMsMax: 30_000 } as const;

export function cancellationSaga({ db, gateway }: CancellationPorts): Saga {
  /** A gateway may keep its refusal for the key: to ask again under the same is no use, and an operator forks the run. */
  async function refund(context: CheckoutContext, signal: AbortSignal): Promise<Refund | null> {
    const order = await loadOrder(db, context.input.orderId);
    try {
      return await refundOutside(gateway, order, context.idempotencyKey, signal);
    } catch (error) {
      if (!(error instanceof RefundRefusedError)) throw error;
      throw refuse("unprocessable", "REFUND_REFUSED", error.message);
    }
  }

  return defineSaga<CheckoutInput, typeof CancellationRequested>({
    name: "cancellation",
    version: 1,
    startsOn: CancellationRequested,
    start: (event) => ({ subject: event.data.orderId, input: { orderId: event.data.orderId } }),
    pointOfNoReturn: "acceptRequest",
    appends: CANCELLING,
    ...attentionBy(CANCELLATION_FAILED),
    input: forkInput,
    mayFork: mayForkCancellation,
    steps: [
      { name: "acceptRequest", action: {} },
      { name: "refund", action: stepOperation({ call: refund, record: recordRefund }), retry: REFUND_RETRY },
      { name: "releaseStock", action: { record: release } },
      { name: "cancelOrder", action: { record: cancelOrder } },
    ],
  });
}

async function recordRefund(tx: SqlExecutor, context: CheckoutContext, refund: Refund | null): Promise<void> {
  await recordRefundOf(tx, context, await loadOrder(tx, context.input.orderId), refund);
}

async function release(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  await releaseStock(tx, context.input.orderId);
  await changeWithin(tx, context, { type: "recordRelease" });
}

async function cancelOrder(tx: SqlExecutor, context: CheckoutContext): Promise<void> {
  await changeWithin(tx, context, { type: "cancel", reason: await loadCancelReason(tx, context.input.orderId) });
  await giveBackDiscount(tx, context.input.orderId);
}
