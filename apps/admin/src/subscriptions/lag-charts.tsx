"use client";
/** The lag of each projection as small multiples on one time axis, the limit drawn in. */
import { LagChart, Panel } from "@tillstream/ui";
import { TREND_WINDOW_MS, useTrend, type Sample } from "./lag-trend.ts";
import { LAG_LIMIT_SECONDS, type Subscription } from "./subscription-state.ts";

interface LagChartsProps {
  subscriptions: readonly Subscription[];
  /** When they were last read, ms since 1970: the right end of every chart. */
  readAtMs: number;
}

export function LagCharts({ subscriptions, readAtMs }: LagChartsProps) {
  return (
    <Panel title="Lag in the last three minutes" description="Sampled by this tab every two seconds while it is open.">
      <div className="grid gap-6 grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]">
        {subscriptions.map(({ name }) => (
          <LagOf key={name} name={name} readAtMs={readAtMs} />
        ))}
      </div>
    </Panel>
  );
}

function LagOf({ name, readAtMs }: { name: string; readAtMs: number }) {
  const points = useTrend(`lag ${name}`).map(inMilliseconds);
  return (
    <LagChart
      title={<span className="font-mono">{name}</span>}
      points={points}
      unit="milliseconds"
      threshold={LAG_LIMIT_SECONDS * 1_000}
      from={new Date(readAtMs - TREND_WINDOW_MS).toISOString()}
      to={new Date(readAtMs).toISOString()}
    />
  );
}

/** Below a twentieth of a second lag is the time of looking itself. */
const inMilliseconds = ({ at, value }: Sample) => ({ at, value: value < 0.05 ? 0 : Math.round(value * 1_000) });
