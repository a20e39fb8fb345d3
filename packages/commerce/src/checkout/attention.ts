/** When a saga of an order is halted, the order says that a person has to decide, until the run ends well after all. */
import type { SqlExecutor } from "@tillstream/runtime";
import { liftAttention } from "../order/index.ts";
import { changeWithin } from "./order-change.ts";
import type { CheckoutContext } from "./order-change.ts";

export const COMPENSATION_FAILED = "COMPENSATION_FAILED";
export const CANCELLATION_FAILED = "CANCELLATION_FAILED";

const GOES_ON = "The run went on and ended.";

interface AttentionHooks {
  needsAttention(tx: SqlExecutor, context: CheckoutContext): Promise<void>;
  attentionOver(tx: SqlExecutor, context: CheckoutContext): Promise<void>;
}

/** @param code why the order waits; only what waits for this is lifted again */
export function attentionBy(code: string): AttentionHooks {
  return {
    async needsAttention(tx, context) {
      const message = context.failure?.message ?? "A step failed permanently.";
      await changeWithin(tx, context, { type: "flagAttention", code, message });
    },
    attentionOver: (tx, { input, metadata }) =>
      liftAttention(tx, input.orderId, { codes: [code], note: GOES_ON }, metadata),
  };
}
