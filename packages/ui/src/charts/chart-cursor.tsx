"use client";
import { useState, type PointerEvent } from "react";
import { Instant } from "../values/instant.tsx";

/** One reading ready to be shown: its place from the left in percent, its time, its value as text. */
export type Reading = { x: number; at: string; text: string };

/** The reading under the pointer, over a chart of the same width. The table behind each chart is the way without a pointer. */
export function ChartCursor({ readings }: { readings: readonly Reading[] }) {
  const [shown, setShown] = useState<Reading | undefined>(undefined);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setShown(nearest(readings, ((event.clientX - box.left) / box.width) * 100));
  };
  return (
    <div
      aria-hidden="true"
      className="absolute inset-0 cursor-crosshair touch-pan-y"
      onPointerMove={follow}
      onPointerLeave={() => setShown(undefined)}
    >
      {shown !== undefined && (
        <>
          <span className="pointer-events-none absolute inset-y-0 w-px bg-ink" style={{ left: `${shown.x}%` }} />
          <span
            className="floating pointer-events-none absolute -top-2 z-1 rounded-sm px-1.5 py-0.5 font-mono text-xs whitespace-nowrap text-ink"
            style={shown.x < 50 ? { left: `calc(${shown.x}% + 6px)` } : { right: `calc(${100 - shown.x}% + 6px)` }}
          >
            {shown.text} <Instant at={shown.at} format="time" className="text-muted" />
          </span>
        </>
      )}
    </div>
  );
}

function nearest(readings: readonly Reading[], x: number): Reading | undefined {
  let best: Reading | undefined;
  for (const reading of readings) {
    if (best === undefined || Math.abs(reading.x - x) < Math.abs(best.x - x)) best = reading;
  }
  return best;
}
