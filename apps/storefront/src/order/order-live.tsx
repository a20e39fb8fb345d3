"use client";
/** The order as it is confirmed, or what became of it. Each step is announced as it lands. */
import type { OrderPage } from "@tillstream/commerce";
import { Banner, Button, LiveChip, Timeline, TimelineStep, VisuallyHidden } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { addLine } from "../cart/cart.ts";
import { updateCart } from "../cart/use-cart.ts";
import { CancelOrder } from "./cancel-order.tsx";
import type { OrderAccess } from "./order-stream.ts";
import {
  ATTENTION_TEXT,
  CANCELLING_TEXT,
  headline,
  isCancelling,
  isMoving,
  PATIENCE_MS,
  PATIENCE_TEXT,
  reasonText,
  stepStatus,
  stepTitle,
} from "./status-words.ts";
import { useLiveOrder } from "./use-live-order.ts";

export function OrderLive({ access, first }: { access: OrderAccess; first: OrderPage }) {
  const { order, live } = useLiveOrder(access, first);
  const waiting = useWaiting(order.status === "pending");
  const latest = order.steps.findLast(({ status }) => status !== "pending" && status !== "skipped");
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="heading text-4xl text-balance" data-testid="order-status" data-status={order.status}>
          {headline(order)}
        </h1>
        {isMoving(order) && <LiveChip state={live} />}
      </div>
      <VisuallyHidden live="polite">
        {latest === undefined ? "" : `${stepTitle(latest)}. ${headline(order)}.`}
      </VisuallyHidden>
      {order.status === "cancelled" && <Cancelled order={order} />}
      {order.status === "confirmed" && <Confirmed access={access} order={order} />}
      {order.tracking !== null && order.status === "shipped" && (
        <p className="mt-3 text-lg text-ink-soft">
          {order.tracking.carrier} has it. With this number you can follow it:{" "}
          <span className="figures whitespace-nowrap text-ink" data-testid="tracking-number">
            {order.tracking.trackingNumber}
          </span>
        </p>
      )}
      {order.status === "attention" && <p className="mt-3 text-lg text-ink-soft">{ATTENTION_TEXT}</p>}
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

function Confirmed({ access, order }: { access: OrderAccess; order: OrderPage }) {
  if (isCancelling(order)) return <p className="mt-3 text-lg text-ink-soft">{CANCELLING_TEXT}</p>;
  return (
    <div className="mt-3">
      <p className="text-lg text-ink-soft">Thank you. We have written to you, and write again when it is on its way.</p>
      <CancelOrder access={access} />
    </div>
  );
}

/** It had been confirmed. */
const AFTER_CONFIRMATION: readonly (string | null)[] = ["CANCELLED_BY_CUSTOMER", "CANCELLED_BY_MERCHANT", "RETURNED"];

function Cancelled({ order }: { order: OrderPage }) {
  const router = useRouter();
  function again(): void {
    updateCart((cart) => order.lines.reduce(addLine, cart));
    router.push("/checkout");
  }
  return (
    <div className="mt-3">
      <p className="text-lg text-ink-soft">{reasonText(order)}</p>
      <Button variant="primary" className="mt-5" onClick={again}>
        {AFTER_CONFIRMATION.includes(order.cancelReason) ? "Order it again" : "Try again"}
      </Button>
    </div>
  );
}
