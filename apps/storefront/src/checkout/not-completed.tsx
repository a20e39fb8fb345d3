"use client";
/** In the payment step: why the last attempt did not become an order. Takes the focus when this page made that attempt. */
import { useEffect, useRef } from "react";
import { outcomeWords } from "./outcome-words.ts";

export interface NotCompletedProps {
  readonly cancelReason: string | null;
  readonly takeFocus: boolean;
}

export function NotCompleted({ cancelReason, takeFocus }: NotCompletedProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takeFocus) ref.current?.focus();
  }, [takeFocus]);
  const { headline, text } = outcomeWords(cancelReason);
  return (
    <div className="mb-5 rounded-lg border border-failed/45 bg-surface p-5">
      <h3 ref={ref} tabIndex={-1} className="heading scroll-mt-28 text-xl">
        {headline}
      </h3>
      <p className="mt-1 text-ink-soft">{text}</p>
    </div>
  );
}
