"use client";
/** The order as it is confirmed, or what became of it. Each step is announced as it lands. */
import type { OrderPage } from "@tillstream/commerce";
import { Banner, Button, LiveChip, Timeline, TimelineStep, VisuallyHidden } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { addLine } from "../cart/cart.ts";
import { updateCart } from "../cart/use-cart.ts";
import { isOver, PATIENCE_MS, PATIENCE_TEXT, reasonText, STATUS_TEXT, stepStatus, stepTitle } from "./status-words.ts";
import { useLiveOrder, type OrderAccess } from "./use-live-order.ts";

export function OrderLive({ access, first }: { access: OrderAccess; first: OrderPage }) {
  const { order, live } = useLiveOrder(access, first);
  const over = isOver(order.status);
  const waiting = useWaiting(!over);
  const latest = order.steps.findLast(({ status }) => status !== "pending" && status !== "skipped");
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="heading text-4xl text-balance" data-testid="order-status" data-status={order.status}>
          {STATUS_TEXT[order.status]}
        </h1>
        {!over && <LiveChip state={live} />}
      </div>
      <VisuallyHidden live="polite">
        {latest === undefined ? "" : `${stepTitle(latest)}. ${STATUS_TEXT[order.status]}.`}
      </VisuallyHidden>
      {order.status === "cancelled" && <Cancelled order={order} />}
      {order.status === "confirmed" && (
        <p className="mt-3 text-lg text-ink-soft">
          Thank you. We have written to you, and write again when it is on its way.
        </p>
      )}
      {waiting && (
        <Banner tone="waiting" role="status" className="mt-5">
          {PATIENCE_TEXT}
        </Banner>
      )}
      <Timeline label="How far your order is" className="mt-8">
        {order.steps.map((step) => (
          <TimelineStep
            key={step.name}
            title={stepTitle(step)}
            status={stepStatus(step, order.steps)}
            wordHidden
            timeFormat="time"
            at={step.at ?? undefined}
          />
        ))}
      </Timeline>
    </div>
  );
}

/** Whether it has been pending for so long that one may wonder. */
function useWaiting(pending: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [pending]);
  return pending && long;
}

function Cancelled({ order }: { order: OrderPage }) {
  const router = useRouter();
  function again(): void {
    updateCart((cart) => order.lines.reduce(addLine, cart));
    router.push("/checkout");
  }
  return (
    <div className="mt-3">
      <p className="text-lg text-ink-soft">{reasonText(order.cancelReason)}</p>
      <Button variant="primary" className="mt-5" onClick={again}>
        Try again
      </Button>
    </div>
  );
}
