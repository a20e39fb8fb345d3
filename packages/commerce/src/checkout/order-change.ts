/** Changing the order from within a step of a saga, or in reaction to an event. */
import type { StepContext } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { changeOrder } from "../order/index.ts";

export interface CheckoutInput {
  readonly orderId: string;
}

export type CheckoutContext = StepContext<CheckoutInput>;

/** What a change needs of the step that it is part of. */
export type ChangeContext = Pick<CheckoutContext, "input" | "metadata">;

export async function changeWithin(
  tx: SqlExecutor,
  context: ChangeContext,
  command: Parameters<typeof changeOrder>[2],
): Promise<void> {
  await changeOrder(tx, context.input.orderId, command, context.metadata);
}
