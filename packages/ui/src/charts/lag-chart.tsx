import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import type { Status } from "../status/status.ts";
import { statusText } from "../status/status.ts";
import { StatusShape } from "../status/status-shape.tsx";
import { formatDuration } from "../values/format-time.ts";
import { Instant } from "../values/instant.tsx";
import { ChartCursor } from "./chart-cursor.tsx";
import { niceCeiling, placeRuns, placeX, type ChartPoint } from "./chart-scale.ts";
import { Curve } from "./sparkline.tsx";

export type LagChartProps = {
  title: ReactNode;
  /** Oldest first. */
  points: readonly ChartPoint[];
  /** How values read: plain numbers, or milliseconds as a duration. */
  unit?: "number" | "milliseconds" | undefined;
  /** A word after plain numbers: "events", "per minute". */
  suffix?: string | undefined;
  threshold?: number | undefined;
  /** Give all charts of a page the same two ends, so that their times line up. ISO 8601. */
  from?: string | undefined;
  to?: string | undefined;
  /** The top of the axis; by default what the values and the threshold need. */
  max?: number | undefined;
  className?: string | undefined;
};

/** One small multiple: the value now in large figures, its course with the threshold drawn in, and a table behind it. */
export function LagChart({
  title,
  points,
  unit = "number",
  suffix,
  threshold,
  from,
  to,
  max: givenMax,
  className,
}: LagChartProps) {
  const write = (value: number) =>
    unit === "milliseconds" ? formatDuration(value) : value.toLocaleString("en-US", { maximumFractionDigits: 2 });
  const limit = (value: number) => write(value).replace(".0 ", " ");
  const measured = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const now = points[points.length - 1]?.value ?? undefined;
  const max = givenMax ?? niceCeiling(Math.max(...measured, (threshold ?? 0) * 1.15, 0));
  const start = from ?? points[0]?.at;
  const end = to ?? points[points.length - 1]?.at;
  const thresholdY = threshold === undefined ? undefined : 100 - (threshold / max) * 100;
  const verdict: Status | undefined =
    threshold === undefined || now === undefined ? undefined : now > threshold ? "failed" : "done";
  return (
    <figure className={cn("min-w-0", className)}>
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="w-full truncate text-sm text-muted">{title}</span>
        <span className="figures text-2xl font-semibold tracking-tight">
          {now === undefined ? "no reading" : write(now)}
          {now !== undefined && suffix && <span className="ml-1 text-base font-normal text-muted">{suffix}</span>}
        </span>
        {verdict !== undefined && (
          <span className={cn("inline-flex items-center gap-1 text-sm font-medium", statusText[verdict])}>
            <StatusShape status={verdict} size={12} />
            {verdict === "failed" ? "over" : "within"} {threshold !== undefined && limit(threshold)}
          </span>
        )}
      </figcaption>
      {start === undefined || end === undefined ? (
        <p className="grid h-28 place-items-center text-sm text-muted">Nothing measured yet</p>
      ) : (
        <div className="mt-4">
          <div className="relative h-24 border-b border-line-strong">
            <svg
              aria-hidden="true"
              viewBox="0 0 100 100"
              preserveAspectRatio="none"
              className="absolute inset-0 size-full overflow-visible text-ink-soft"
            >
              <line x1="0" x2="100" y1="0" y2="0" className="stroke-line" vectorEffect="non-scaling-stroke" />
              <line x1="0" x2="100" y1="50" y2="50" className="stroke-line" vectorEffect="non-scaling-stroke" />
              <Curve runs={placeRuns(points, Date.parse(start), Date.parse(end), max)} thresholdY={thresholdY} />
            </svg>
            <span className="figures absolute top-0 left-0 -translate-y-1/2 bg-surface pr-1 font-mono text-xs text-muted">
              {limit(max)}
            </span>
            {threshold !== undefined && thresholdY !== undefined && (
              <span
                style={{ top: `${thresholdY}%` }}
                className="figures absolute right-0 -translate-y-1/2 bg-surface pl-1 font-mono text-xs text-failed"
              >
                {limit(threshold)}
              </span>
            )}
            <ChartCursor
              readings={points.flatMap((point) =>
                point.value === null
                  ? []
                  : [
                      {
                        x: placeX(point.at, Date.parse(start), Date.parse(end)),
                        at: point.at,
                        text: write(point.value),
                      },
                    ],
              )}
            />
          </div>
          <div className="mt-1 flex justify-between font-mono text-xs text-muted">
            <Instant at={start} format="time" />
            <Instant at={end} format="time" />
          </div>
        </div>
      )}
      <ChartTable points={points} write={write} />
    </figure>
  );
}

const rows_max = 120;

function ChartTable({ points, write }: { points: readonly ChartPoint[]; write: (value: number) => string }) {
  return (
    <details className="mt-1 text-sm">
      <summary className="inline-flex min-h-6 items-center text-muted underline decoration-dotted underline-offset-3 hover:text-ink">
        as a table
      </summary>
      <div
        tabIndex={0}
        role="region"
        aria-label="Values as a table"
        className="mt-1 max-h-48 overflow-auto rounded-md border border-line"
      >
        <table className="w-full">
          <thead>
            <tr className="text-left text-muted">
              <th scope="col" className="px-2 py-1 font-medium">
                Time
              </th>
              <th scope="col" className="px-2 py-1 text-right font-medium">
                Value
              </th>
            </tr>
          </thead>
          <tbody>
            {points
              .slice(-rows_max)
              .reverse()
              .map((point) => (
                <tr key={point.at} className="border-t border-line">
                  <td className="px-2 py-1">
                    <Instant at={point.at} format="time" />
                  </td>
                  <td className="figures px-2 py-1 text-right">
                    {point.value === null ? "no reading" : write(point.value)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
