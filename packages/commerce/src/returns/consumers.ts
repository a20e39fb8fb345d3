/** What was announced does not come any more once its money goes back by another way: with the whole parcel, or as a refund of lines. */
import { defineConsumer, followUp, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import { loadOrder, lockOrder, OrderReturned, RefundRequested } from "../order/index.ts";
import { AnnouncedUnitsRefunded, ReturnWithdrawn } from "./events.ts";
import { changeReturn, openReturns } from "./repository.ts";
import { unitsOf } from "./return.ts";

const RETURNS = "returns";

export function returnsConsumer(): Consumer {
  const withdrawRest = on(OrderReturned, async (tx, event) => {
    const { orderId } = event.data;
    await lockOrder(tx, orderId);
    for (const { returnId } of await openReturns(tx, orderId))
      await changeReturn(tx, returnId, { type: "withdraw", by: "parcel" }, followUp(event, RETURNS));
  });
  /** Of more units than can still be paid for, those that were announced first come; the later ones were refunded. */
  const dropRefunded = on(RefundRequested, async (tx, event) => {
    const { orderId } = event.data;
    await lockOrder(tx, orderId);
    const open = await openReturns(tx, orderId);
    if (open.length === 0) return;
    const { lines, refunds } = await loadOrder(tx, orderId);
    const taken = refunds.flatMap((refund) => [...refund.lines]);
    for (const one of open) {
      const payable = lines.map(({ sku, quantity }) => ({
        sku,
        quantity: Math.max(quantity - unitsOf(sku, taken), 0),
      }));
      await changeReturn(tx, one.returnId, { type: "dropRefunded", payable }, followUp(event, RETURNS));
      taken.push(...one.lines);
    }
  });
  return defineConsumer(RETURNS, [withdrawRest, dropRefunded], { appends: [ReturnWithdrawn, AnnouncedUnitsRefunded] });
}
