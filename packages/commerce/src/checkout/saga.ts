/**
 * The checkout, orchestrated: create order, charge, reserve stock, confirm. A refusal or a fault that lasts undoes
 * what was done, in reverse. The confirmation is the point of no return: mails go out only after it.
 */
import { defineSaga, RefusalError, SagaRefusal, stepHalf } from "@tillstream/eventing";
import type { Saga, StepContext } from "@tillstream/eventing";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { changeOrder, loadOrder, OrderCreated } from "../order/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { releaseStock, reserveStock } from "../stock/index.ts";

export interface CheckoutPorts {
  readonly db: Database;
  readonly gateway: PaymentGateway;
}

interface CheckoutInput {
  readonly orderId: string;
}

/** The bank's word for it, where the shopper can do something about that in particular. */
const DECLINE_REASONS: Readonly<Record<string, string>> = { insufficient_funds: "INSUFFICIENT_FUNDS" };

type Context = StepContext<CheckoutInput>;

/** A change the order refuses is a business outcome of the step. */
async function change(tx: SqlExecutor, context: Context, command: Parameters<typeof changeOrder>[2]): Promise<void> {
  try {
    await changeOrder(tx, context.input.orderId, command, context.metadata);
  } catch (error) {
    if (error instanceof RefusalError) throw new SagaRefusal(error.refusal.code, error.refusal.message);
    throw error;
  }
}

export function checkoutSaga({ db, gateway }: CheckoutPorts): Saga {
  return defineSaga<CheckoutInput, typeof OrderCreated>({
    name: "checkout",
    version: 1,
    startsOn: OrderCreated,
    start: (event) => ({ subject: event.data.orderId, input: { orderId: event.data.orderId } }),
    steps: [
      { name: "createOrder", action: {}, compensation: { record: cancelOrder } },
      {
        name: "charge",
        action: stepHalf({ call: charge, record: recordPayment }),
        compensation: stepHalf({ call: refund, record: recordRefund }),
      },
      { name: "reserveStock", action: { record: reserve }, compensation: { record: release } },
      { name: "confirm", action: { record: confirm } },
    ],
  });

  async function charge(context: Context, signal: AbortSignal): Promise<{ chargeId: string }> {
    const { orderId, total, currency, paymentToken } = await loadOrder(db, context.input.orderId);
    const outcome = await gateway.charge(
      { orderId, amount: total, currency, token: paymentToken ?? "", idempotencyKey: context.idempotencyKey },
      signal,
    );
    if (outcome.kind === "captured") return { chargeId: outcome.chargeId };
    throw new SagaRefusal(DECLINE_REASONS[outcome.code] ?? "CARD_DECLINED", outcome.message);
  }

  /** Looks up what the charge did, under its own key: it may have been captured though nobody heard of it. */
  async function refund(context: Context, signal: AbortSignal): Promise<{ chargeId: string; refundId: string } | null> {
    const found = await gateway.findCharge(context.actionKey, signal);
    if (found === undefined || found.kind === "declined") return null;
    if (found.kind === "processing") throw new Error("the gateway is still processing the charge");
    const { total } = await loadOrder(db, context.input.orderId);
    const outcome = await gateway.refund(
      { chargeId: found.chargeId, amount: total, idempotencyKey: context.idempotencyKey },
      signal,
    );
    if (outcome.kind === "refunded") return { chargeId: found.chargeId, refundId: outcome.refundId };
    throw new Error(`the gateway refused the refund: ${outcome.code} ${outcome.message}`);
  }
}

function recordPayment(tx: SqlExecutor, context: Context, { chargeId }: { chargeId: string }): Promise<void> {
  return change(tx, context, { type: "recordPayment", chargeId });
}

/** A charge that nobody had heard of is recorded before its refund, so that the history explains the money. */
async function recordRefund(
  tx: SqlExecutor,
  context: Context,
  refunded: { chargeId: string; refundId: string } | null,
): Promise<void> {
  if (refunded === null) return;
  await change(tx, context, { type: "recordPayment", chargeId: refunded.chargeId });
  await change(tx, context, { type: "recordRefund", refundId: refunded.refundId });
}

async function reserve(tx: SqlExecutor, context: Context): Promise<void> {
  const { orderId, lines } = await loadOrder(tx, context.input.orderId);
  const reservation = await reserveStock(tx, orderId, lines);
  if (!reservation.reserved)
    throw new SagaRefusal("OUT_OF_STOCK", `Not enough stock of ${reservation.shortSkus.join(", ")}.`);
  await change(tx, context, { type: "recordReservation", lines });
}

async function release(tx: SqlExecutor, context: Context): Promise<void> {
  await releaseStock(tx, context.input.orderId);
  await change(tx, context, { type: "recordRelease" });
}

async function confirm(tx: SqlExecutor, context: Context): Promise<void> {
  const { lines } = await loadOrder(tx, context.input.orderId);
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  await change(tx, context, { type: "confirm", units });
}

async function cancelOrder(tx: SqlExecutor, context: Context): Promise<void> {
  const code = context.failure?.code ?? "CANCELLED";
  const message = context.failure?.message ?? "The order was cancelled.";
  await change(tx, context, { type: "cancel", reason: { code, message } });
}
