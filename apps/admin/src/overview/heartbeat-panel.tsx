"use client";
/** The shop's heartbeat: when an order was completed last, and what happened to orders in each of the last minutes. */
import { Instant, Link, Panel, Skeleton, useNow } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { useOpenAlerts } from "../alerts/use-alerts.ts";
import { BeatStrip } from "./beat-strip.tsx";
import { agoText, secondsAgo, totalsOf } from "./beats.ts";
import { HEARTBEAT_MINUTES } from "./sizes.ts";

const STALLED = "completions-stalled";

export function HeartbeatPanel() {
  const query = useQuery(useTRPC().analytics.heartbeat.queryOptions({ minutes: HEARTBEAT_MINUTES }, useLiveQuery()));
  const nowMs = useNow();
  const stalled = useOpenAlerts().data?.items.find(({ check, status }) => check === STALLED && status === "firing");
  const heartbeat = query.data;
  const last = heartbeat?.lastCompletedAt ?? null;
  // It fires on for a while after the first completion.
  const isStalled =
    stalled !== undefined && (last === null || nowMs === undefined || secondsAgo(last, nowMs) > stalled.threshold);
  return (
    <Panel aria-label="Heartbeat" className={isStalled ? "border-2 border-failed" : undefined}>
      {query.isPending && <Skeleton className="h-40" />}
      {query.isError && heartbeat === undefined && <QueryFailed query={query} what="the heartbeat" />}
      {heartbeat !== undefined && (
        <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
          <div className="min-w-0">
            <LastCompleted heartbeat={heartbeat} isStalled={isStalled} isOld={query.isError} />
            <Totals heartbeat={heartbeat} />
          </div>
          <BeatStrip minutes={heartbeat.minutes} />
        </div>
      )}
    </Panel>
  );
}

interface Shown {
  heartbeat: Outputs["analytics"]["heartbeat"];
}

function LastCompleted({ heartbeat, isStalled, isOld }: Shown & { isStalled: boolean; isOld: boolean }) {
  const { lastCompletedAt, lastPlacedAt, askedAt } = heartbeat;
  return (
    <>
      <h2 className="text-sm text-muted">Last order completed</h2>
      <p
        className={`figures my-1 leading-tight font-semibold tracking-tight ${isStalled ? "text-4xl text-failed" : "text-3xl"}`}
      >
        {lastCompletedAt === null ? lastPlacedAt === null ? "no order yet" : "none yet" : <Ago at={lastCompletedAt} />}
      </p>
      <p className="text-sm text-muted">
        {lastPlacedAt === null ? (
          "The first one is counted as soon as it is placed."
        ) : (
          <>
            last placed <Ago at={lastPlacedAt} />
          </>
        )}
      </p>
      {isOld && (
        <p className="text-sm text-failed">
          Cannot be asked now: as of <Instant at={askedAt} format="time" />
        </p>
      )}
    </>
  );
}

function Ago({ at }: { at: string }) {
  const nowMs = useNow();
  return (
    <time dateTime={at} title={at}>
      {nowMs === undefined ? <Instant at={at} format="time" /> : agoText(secondsAgo(at, nowMs))}
    </time>
  );
}

const rows = [
  { key: "placed", href: "/orders", swatch: "border border-field bg-sunken" },
  { key: "completed", href: "/orders?status=confirmed", swatch: "bg-done" },
  { key: "cancelled", href: "/orders?status=cancelled", swatch: "bg-compensated" },
] as const;

function Totals({ heartbeat: { minutes } }: Shown) {
  const totals = totalsOf(minutes);
  const running = minutes.at(-1);
  return (
    <table className="mt-3 w-full text-sm">
      <thead className="text-muted">
        <tr>
          <th scope="col" className="text-left font-normal">
            Orders
          </th>
          <th scope="col" className="text-right font-normal">
            this minute
          </th>
          <th scope="col" className="text-right font-normal">
            {minutes.length} min
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, href, swatch }) => (
          <tr key={key} className="border-t border-line">
            <th scope="row" className="text-left font-normal">
              <Link href={href} className="flex min-h-7 items-center gap-2 hover:underline">
                <span aria-hidden="true" className={`size-2.5 rounded-xs ${swatch}`} />
                {key}
              </Link>
            </th>
            <td className="figures text-right">{running?.[key].toLocaleString("en-US") ?? 0}</td>
            <td className="figures text-right font-medium">{totals[key].toLocaleString("en-US")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
