"use client";
/** The order as it is confirmed, or what became of it. Each step is announced as it lands. */
import type { Aftercare, Arrival, OrderPage } from "@tillstream/commerce";
import { arrivalWords } from "@tillstream/commerce/arrival-words";
import { Banner, LiveChip, Timeline, TimelineStep, VisuallyHidden, type LiveState } from "@tillstream/ui";
import { useEffect, useState } from "react";
import { CancelOrder } from "./cancel-order.tsx";
import type { OrderAccess } from "./order-stream.ts";
import { headline, isMoving, isPaidBack, PATIENCE_MS, PATIENCE_TEXT } from "./status-words.ts";
import { stepsToShow, stepStatus, stepTitle, stepWord } from "./step-words.ts";
import { WhatNow } from "./what-now.tsx";

export interface OrderLiveProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly live: LiveState;
  readonly aftercare: Aftercare;
  readonly expected: Arrival;
}

export function OrderLive({ access, order, live, aftercare, expected }: OrderLiveProps) {
  const waiting = useWaiting(order.status === "pending");
  const latest = order.steps.findLast(({ status }) => status !== "pending" && status !== "skipped");
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="heading text-4xl text-balance" data-testid="order-status" data-status={order.status}>
          {headline(order)}
        </h1>
        {isMoving(order) && (
          <LiveChip state={live} {...(live === "polling" && { word: "Checking every few seconds" })} />
        )}
      </div>
      <VisuallyHidden live="polite">
        {latest === undefined ? "" : `${stepTitle(latest)}. ${headline(order)}.`}
      </VisuallyHidden>
      {(order.status === "confirmed" || order.status === "shipped") && !isPaidBack(order) && (
        <p className="mt-3 text-lg text-ink-soft">{arrivalWords(expected)}.</p>
      )}
      <WhatNow access={access} order={order} aftercare={aftercare} />
      <CancelOrder access={access} order={order} />
      {waiting && (
        <Banner tone="waiting" role="status" className="mt-5">
          {PATIENCE_TEXT}
        </Banner>
      )}
      <Timeline label="How far your order is" className="mt-8">
        {stepsToShow(order).map((step) => (
          <TimelineStep
            key={step.name}
            title={stepTitle(step)}
            status={stepStatus(step, order.steps)}
            word={stepWord(step, order.steps)}
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
