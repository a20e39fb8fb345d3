"use client";
/** The whole story of one order: commands, events, consumers, steps of sagas, calls to the gateway, mails, people; drawn, and as a list. */
import {
  Banner,
  Breadcrumbs,
  CopyableId,
  formatDuration,
  LinkButton,
  PageHeader,
  Panel,
  TextLink,
  Timeline,
  TimelineStep,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { eventsHref } from "../events/filters.ts";
import { orderHref } from "../links/events.ts";
import { FlowDiagram } from "./flow-diagram.tsx";
import { flowTitle, kindWord, type FlowEntry } from "./flow.ts";

const crumbs = <Breadcrumbs items={[{ label: "Events", href: "/events" }, { label: "Flow" }]} />;

export function FlowView({ correlationId }: { correlationId: string }) {
  const query = useQuery(useTRPC().flow.byCorrelation.queryOptions({ correlationId }, useLiveQuery()));
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the flow" panels={2} />;
    return (
      <>
        <PageHeader title="Flow" breadcrumbs={crumbs} />
        <QueryFailed query={query} what="this flow" list={{ href: "/events", label: "All events" }} />
      </>
    );
  }
  const { entries, orders, truncated } = query.data;
  const [order] = orders;
  return (
    <>
      <PageHeader
        title={flowTitle(query.data)}
        breadcrumbs={crumbs}
        description={<CopyableId id={correlationId} what="correlation id" full />}
        actions={
          <>
            {order !== undefined && (
              <LinkButton size="sm" href={orderHref(order.orderId)}>
                Order
              </LinkButton>
            )}
            <LinkButton size="sm" href={eventsHref({ correlation: correlationId })}>
              Events of this correlation
            </LinkButton>
          </>
        }
      />
      {truncated && (
        <Banner tone="waiting" className="mb-4">
          These are the first {entries.length} entries. The events of this correlation have them all.
        </Banner>
      )}
      <div className="space-y-4">
        <Panel title="Diagram" className="max-sm:hidden">
          <FlowDiagram entries={entries} />
        </Panel>
        <Panel title="What happened, in order">
          <Timeline label="What happened, in order">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </Timeline>
        </Panel>
      </div>
    </>
  );
}

function Entry({ entry }: { entry: FlowEntry }) {
  const { title, detail, status, href, at, finishedAt, kind } = entry;
  const took = finishedAt === null ? undefined : formatDuration(Date.parse(finishedAt) - Date.parse(at));
  return (
    <TimelineStep
      title={href === null ? title : <TextLink href={href}>{title}</TextLink>}
      status={kind === "compensation" ? "compensated" : status}
      word={kindWord(entry)}
      at={at}
      timeFormat="precise"
      aside={took}
    >
      {detail !== null && <p className="break-words text-ink-soft">{detail}</p>}
    </TimelineStep>
  );
}
