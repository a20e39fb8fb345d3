/** What was announced does not come any more once the whole parcel is back: its money goes back by that. */
import { defineConsumer, followUp, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import { lockOrder, OrderReturned } from "../order/index.ts";
import { ReturnWithdrawn } from "./events.ts";
import { changeReturn, openReturns } from "./repository.ts";

const RETURNS = "returns";

export function returnsConsumer(): Consumer {
  const withdrawRest = on(OrderReturned, async (tx, event) => {
    const { orderId } = event.data;
    await lockOrder(tx, orderId);
    for (const { returnId } of await openReturns(tx, orderId))
      await changeReturn(tx, returnId, { type: "withdraw", by: "parcel" }, followUp(event, RETURNS));
  });
  return defineConsumer(RETURNS, [withdrawRest], { appends: [ReturnWithdrawn] });
}
