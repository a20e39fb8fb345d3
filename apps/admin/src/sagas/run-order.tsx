"use client";
/** Whose order a checkout is about, what and how much, and how much of it was charged and given back. */
import { paidOf, refundedInParts } from "@tillstream/commerce/money-back";
import { Facts, Money, Panel, TextLink } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { customerHref, orderHref } from "../links/events.ts";

export function RunOrder({ orderId }: { orderId: string }) {
  const { data } = useQuery(useTRPC().orders.byId.queryOptions({ orderId }, useLiveQuery()));
  if (data === undefined || data.order === null) return null;
  const { order, email, customerId } = data;
  const { charged, back } = moneyOf(order);
  const who = email === null || email === "" ? "erased" : email;
  return (
    <Panel title="Order">
      <Facts
        items={[
          { term: "Number", value: <TextLink href={orderHref(orderId)}>{order.number}</TextLink> },
          {
            term: "Customer",
            value: customerId === null ? who : <TextLink href={customerHref(customerId)}>{who}</TextLink>,
          },
          { term: "Goods", value: order.lines.map(({ name, quantity }) => `${quantity} x ${name}`).join(", ") },
          { term: "Total", value: <Money value={order.total} /> },
          { term: "Charged", value: <Money value={{ ...order.total, amount: charged }} /> },
          { term: "Given back", value: <Money value={{ ...order.total, amount: back }} /> },
        ]}
      />
    </Panel>
  );
}

/** In minor units, by the order's steps: a payment that was undone gave all of it back. */
function moneyOf(order: NonNullable<Outputs["orders"]["byId"]["order"]>): {
  readonly charged: number;
  readonly back: number;
} {
  const paid = order.steps.find(({ name }) => name === "paid")?.status;
  if (paid !== "done" && paid !== "undone") return { charged: 0, back: 0 };
  const total = order.total.amount;
  return { charged: total, back: paid === "undone" ? total : refundedInParts(paidOf(order)) };
}
