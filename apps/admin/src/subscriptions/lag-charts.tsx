"use client";
/** The lag of each projection as small multiples on one time axis, the limit drawn in; as the monitor measured it. */
import { LagChart, Panel } from "@tillstream/ui";
import type { ReactNode } from "react";
import { LAG_LIMIT_SECONDS, type Subscription, type Trend } from "../console/subscription-state.ts";

interface LagChartsProps {
  subscriptions: readonly Subscription[];
  trends: readonly Trend[];
}

export function LagCharts({ subscriptions, trends }: LagChartsProps) {
  const times = trends.flatMap(({ points }) => [points[0]?.at ?? "", points.at(-1)?.at ?? ""]).filter(Boolean);
  return (
    <Panel title="Lag in the last five minutes" description="Measured every second, whether or not this page is open.">
      <div className="grid gap-6 grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]">
        {subscriptions.map(({ name }) => (
          <LagOf
            key={name}
            title={<span className="font-mono">{name}</span>}
            trend={trends.find(({ projection }) => projection === name)}
            from={times.toSorted()[0]}
            to={times.toSorted().at(-1)}
          />
        ))}
      </div>
    </Panel>
  );
}

interface LagOfProps {
  title: ReactNode;
  trend: Trend | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export function LagOf({ title, trend, from, to }: LagOfProps) {
  return (
    <LagChart
      title={title}
      points={trend?.points.map(inMilliseconds) ?? []}
      unit="milliseconds"
      threshold={LAG_LIMIT_SECONDS * 1_000}
      from={from}
      to={to}
    />
  );
}

/** Below a twentieth of a second lag is the time of looking itself. */
function inMilliseconds({ at, lagSeconds }: Trend["points"][number]) {
  return { at, value: lagSeconds < 0.05 ? 0 : Math.round(lagSeconds * 1_000) };
}
