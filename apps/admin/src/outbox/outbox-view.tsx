"use client";
/** What waits to be published, and who publishes. "The relay is down" and "empty" are different news. */
import {
  Banner,
  CopyableId,
  Facts,
  Instant,
  LagChart,
  Panel,
  Skeleton,
  StatTile,
  StatusBadge,
  Term,
  TextLink,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { glossary } from "@tillstream/eventing/glossary";
import { NO_PARTS } from "../console/address.ts";
import { ListHead } from "../console/list-head.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { countOf } from "../dead-letters/dead-letter-state.ts";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { TREND_WINDOW_MS, useTrend } from "../subscriptions/lag-trend.ts";
import { LAG_LIMIT_SECONDS, secondsText } from "../console/subscription-state.ts";
import { isRelayDrained } from "../workers/worker-state.ts";
import { Quarantined } from "./quarantined.tsx";
import { useOutbox } from "./use-outbox.ts";

type OutboxStatus = Outputs["outbox"]["status"];

export function OutboxView() {
  const query = useOutbox();
  return (
    <>
      <ListHead
        title="Outbox"
        description={
          <>
            Events wait in the <Term meaning={glossary.outbox}>outbox</Term> until the{" "}
            <Term meaning={glossary.relay}>relay</Term> publishes them, in order.
          </>
        }
        parts={NO_PARTS}
      />
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what="the outbox" />
      ) : (
        <OutboxState status={query.data} readAtMs={query.dataUpdatedAt} />
      )}
    </>
  );
}

function OutboxState({ status, readAtMs }: { status: OutboxStatus | undefined; readAtMs: number }) {
  const late = (status?.oldestAgeSeconds ?? 0) > LAG_LIMIT_SECONDS;
  const figure = (value: ReactNode) => (status === undefined ? <Skeleton className="my-1.5 h-5 w-14" /> : value);
  return (
    <div className="space-y-4">
      {status === undefined ? <Skeleton className="h-12" /> : <Verdict status={status} />}
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5">
        <StatTile
          label="Backlog"
          value={figure(status?.unpublished.toLocaleString("en-US"))}
          secondary="events not yet published"
        />
        <StatTile
          label="Oldest in the backlog"
          value={figure(secondsText(status?.oldestAgeSeconds ?? 0))}
          secondary={status?.unpublished === 0 ? "nothing waits" : "since it was written"}
          status={late ? "failed" : undefined}
          statusWord={late ? `over ${LAG_LIMIT_SECONDS} s` : undefined}
        />
        <StatTile
          label={<span title={glossary.quarantined}>Quarantined</span>}
          value={figure(status?.quarantined.toLocaleString("en-US"))}
          secondary={status?.quarantined === 0 ? "nothing failed" : "could not be published"}
          status={status?.quarantined ? "failed" : undefined}
          statusWord={status?.quarantined ? "failing" : undefined}
        />
        <StatTile
          label="Published, last minute"
          value={figure(status?.publishedLastMinute.toLocaleString("en-US"))}
          secondary="events"
        />
        <StatTile
          label={<span title={glossary.head}>Head position</span>}
          value={figure(status?.headPosition)}
          secondary="the newest event"
          href="/events"
          className="max-md:col-span-2"
        />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Trends readAtMs={readAtMs} />
        <RelayPanel status={status} />
      </div>
      <Quarantined count={status?.quarantined} />
    </div>
  );
}

function Verdict({ status }: { status: OutboxStatus }) {
  if (!status.relayAlive) {
    return (
      <Banner tone="failed" role="alert" title="The relay is down">
        No worker has the lease, so nothing is published.{" "}
        {status.unpublished === 0
          ? "Nothing waits right now."
          : `${status.unpublished.toLocaleString("en-US")} events wait; none is lost.`}{" "}
        <WayOn />
      </Banner>
    );
  }
  if (status.quarantined > 0)
    return (
      <Banner tone="waiting" title={`Publishing, with ${countOf(status.quarantined, "row")} quarantined`}>
        The relay is running. It retries these rows by itself, and only their own streams wait. The errors are below.
      </Banner>
    );
  if (status.unpublished === 0)
    return (
      <Banner tone="done" title="Empty">
        The relay is running and everything that was written is published.
      </Banner>
    );
  return (
    <Banner tone="running" title="Publishing">
      The relay is running and works through {status.unpublished.toLocaleString("en-US")} events.
    </Banner>
  );
}

/** Where a worker is only drained, another one need not be started. */
function WayOn() {
  const workers = useQuery(useTRPC().workers.list.queryOptions(undefined, useLiveQuery())).data ?? [];
  if (!isRelayDrained(workers)) return "Start a worker, and it goes on from there.";
  return (
    <>
      The worker that publishes is drained: <TextLink href="/workers">resume it</TextLink>, and it goes on from there.
    </>
  );
}

function RelayPanel({ status }: { status: OutboxStatus | undefined }) {
  const lease = status?.lease;
  const items = [
    {
      term: "State",
      value:
        status === undefined ? (
          <Skeleton className="h-3 w-16" />
        ) : (
          <StatusBadge status={status.relayAlive ? "done" : "failed"} quiet>
            {status.relayAlive ? "running" : "down"}
          </StatusBadge>
        ),
    },
    {
      term: <Term meaning={glossary.lease}>Lease owner</Term>,
      value: lease ? <CopyableId id={lease.owner} what="lease owner" head={16} tail={8} /> : "never taken",
    },
    {
      term: <Term meaning={glossary.epoch}>Epoch</Term>,
      value: <span className="figures font-mono">{lease?.epoch ?? "none"}</span>,
    },
    {
      term: status?.relayAlive === false ? "Lease expired" : "Lease expires",
      value: lease ? <Instant at={lease.expiresAt} format="precise" /> : "none",
    },
  ];
  return (
    <Panel title="Relay">
      <Facts items={items} />
    </Panel>
  );
}

function Trends({ readAtMs }: { readAtMs: number }) {
  const backlog = useTrend("outbox backlog");
  const age = useTrend("outbox age");
  const span = { from: new Date(readAtMs - TREND_WINDOW_MS).toISOString(), to: new Date(readAtMs).toISOString() };
  return (
    <Panel title="Last three minutes" description="Sampled by this tab every two seconds while it is open.">
      <div className="grid gap-6 sm:grid-cols-2">
        <LagChart {...span} title="Backlog" points={backlog} suffix="events" />
        <LagChart
          {...span}
          title="Oldest in the backlog"
          unit="milliseconds"
          threshold={LAG_LIMIT_SECONDS * 1_000}
          points={age.map(({ at, value }) => ({ at, value: Math.round(value * 1_000) }))}
        />
      </div>
    </Panel>
  );
}
