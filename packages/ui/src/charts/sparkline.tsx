import { useId } from "react";
import { cn } from "../cn.ts";
import { areaPath, linePath, niceCeiling, placeRuns, type Placed } from "./chart-scale.ts";

export type SparklineProps = {
  /** Evenly spaced in time, oldest first; `null` where nothing was measured. */
  values: readonly (number | null)[];
  /** Drawn in as a dashed line; what lies above it is shown as over. */
  threshold?: number | undefined;
  /** The whole story in one sentence, for those who cannot see it: "Lag, last hour: 0.4 s, peak 6 s". */
  label: string;
  className?: string | undefined;
};

/** The course of a value at a glance, without axes. For the figures themselves use LagChart. */
export function Sparkline({ values, threshold, label, className }: SparklineProps) {
  const max = niceCeiling(Math.max(...values.map((value) => value ?? 0), (threshold ?? 0) * 1.1));
  const points = values.map((value, index) => ({ at: new Date(index).toISOString(), value }));
  const runs = placeRuns(points, 0, Math.max(1, values.length - 1), max);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      className={cn("block h-8 w-full overflow-visible text-ink-soft", className)}
    >
      <Curve runs={runs} thresholdY={threshold === undefined ? undefined : 100 - (threshold / max) * 100} />
    </svg>
  );
}

/** The line of a chart in a 100 x 100 box: red and thicker above the threshold, which is dashed. */
export function Curve({ runs, thresholdY }: { runs: readonly Placed[][]; thresholdY?: number | undefined }) {
  const clip = useId();
  return (
    <>
      {runs.map((run, index) => (
        <path key={index} d={areaPath(run)} fill="currentColor" opacity="0.07" />
      ))}
      {runs.map((run, index) => (
        <path
          key={index}
          d={linePath(run)}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {thresholdY !== undefined && (
        <>
          <clipPath id={clip}>
            <rect x="-2" y="-10" width="104" height={Math.max(0, thresholdY + 10)} />
          </clipPath>
          <g clipPath={`url(#${clip})`} className="text-failed">
            {runs.map((run, index) => (
              <path key={index} d={areaPath(run)} fill="currentColor" opacity="0.12" />
            ))}
            {runs.map((run, index) => (
              <path
                key={index}
                d={linePath(run)}
                fill="none"
                stroke="currentColor"
                strokeWidth="2"
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </g>
          <line
            x1="0"
            x2="100"
            y1={thresholdY}
            y2={thresholdY}
            className="stroke-failed"
            strokeWidth="1"
            strokeDasharray="3 3"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </>
  );
}
