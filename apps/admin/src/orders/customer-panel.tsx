"use client";
/** Who ordered, and where it goes. */
import { Facts, Instant, Panel, TextLink } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";
import { customerHref } from "../links/events.ts";
import { PARTS } from "./address.ts";
import { CorrectAddress } from "./correct-address.tsx";
import { maySend } from "./order-state.ts";

interface CustomerPanelProps {
  readonly orderId: string;
  readonly detail: Outputs["orders"]["byId"];
  /** The order has this version now, which the page is to show. */
  readonly onChanged: (version: number) => unknown;
}

export function CustomerPanel({ orderId, detail, onChanged }: CustomerPanelProps) {
  const { email, customerId, shippingAddress, order } = detail;
  const parts = Object.entries(shippingAddress)
    .filter(([, value]) => value !== "")
    .toSorted(([a], [b]) => rank(a) - rank(b));
  const known = [
    {
      term: "E-mail",
      value: (
        <a
          href={`mailto:${email}`}
          className="inline-flex min-h-6 items-center break-all underline decoration-line-strong underline-offset-3"
        >
          {email}
        </a>
      ),
    },
    {
      term: "Ships to",
      value: (
        <address className="not-italic">
          {parts.map(([key, value]) => (
            <span key={key} className="block">
              {value}
            </span>
          ))}
        </address>
      ),
    },
  ];
  const erased = { term: "E-mail, address", value: "Erased, on request or because their time was over" };
  const placed = order === null ? [] : [{ term: "Placed", value: <Instant at={order.placedAt} /> }];
  return (
    <Panel
      title="Customer"
      actions={
        customerId !== null && (
          <TextLink href={customerHref(customerId)} className="inline-flex min-h-6 items-center text-sm">
            All their orders
          </TextLink>
        )
      }
    >
      <Facts items={[...(email === null ? [erased] : known), ...placed]} />
      {order !== null && email !== null && (
        <CorrectAddress orderId={orderId} detail={detail} isOver={!maySend(order)} onChanged={onChanged} />
      )}
    </Panel>
  );
}

/** In the order in which an address is read; other parts follow. */
const partOrder: readonly string[] = PARTS;
const rank = (part: string) => (partOrder.indexOf(part) + partOrder.length + 1) % (partOrder.length + 1);
