/**
 * A cancellation, the shopper's or the merchant's, orchestrated: refund, release the stock, cancel the order. It starts when the order has
 * accepted the request, which is its point of no return: from there it only goes forward. Nothing that it has done is
 * taken back when a step fails for good; a person has to see to the rest, and the order says so.
 */
import { defineSaga, stepHalf } from "@tillstream/eventing";
import type { Saga, StepContext } from "@tillstream/eventing";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { CANCELLED_BY_CUSTOMER, CANCELLED_BY_MERCHANT, CancellationRequested, loadOrder } from "../order/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { releaseStock } from "../stock/index.ts";
import { attentionBy } from "./attention.ts";
import { changeWithin } from "./order-change.ts";
import type { CheckoutContext, CheckoutInput } from "./order-change.ts";
import { recordRefundOf, refundOutside } from "./refund.ts";
import type { Refund } from "./refund.ts";

export interface CancellationPorts {
  readonly db: Database;
  readonly gateway: PaymentGateway;
}

/** A run of before `CancellationRequested` v2 knows the order only: the customer asked for it. */
interface CancellationInput extends CheckoutInput {
  readonly by?: "customer" | "merchant";
  readonly reason?: string;
}

/** Patient: there is no way back, and a gateway may be away for minutes. */
const REFUND_RETRY = { attempts: 20, backoffMs: 1_000, backoffMsMax: 30_000 } as const;

export function cancellationSaga({ db, gateway }: CancellationPorts): Saga {
  async function refund(context: CheckoutContext, signal: AbortSignal): Promise<Refund | null> {
    const order = await loadOrder(db, context.input.orderId);
    return refundOutside(gateway, order, context.idempotencyKey, signal);
  }

  return defineSaga<CancellationInput, typeof CancellationRequested>({
    name: "cancellation",
    version: 1,
    startsOn: CancellationRequested,
    start: ({ data }) => ({ subject: data.orderId, input: data }),
    pointOfNoReturn: "acceptRequest",
    ...attentionBy("CANCELLATION_FAILED"),
    steps: [
      { name: "acceptRequest", action: {} },
      { name: "refund", action: stepHalf({ call: refund, record: recordRefund }), retry: REFUND_RETRY },
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

async function cancelOrder(tx: SqlExecutor, context: StepContext<CancellationInput>): Promise<void> {
  const { by = "customer", reason: message = "The customer cancelled the order before it left." } = context.input;
  const code = by === "customer" ? CANCELLED_BY_CUSTOMER : CANCELLED_BY_MERCHANT;
  await changeWithin(tx, context, { type: "cancel", reason: { code, message } });
}
