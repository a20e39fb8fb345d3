"use client";
/** One event: its payload as stored and as read, where it came from, and who has taken it in. */
import {
  Badge,
  Breadcrumbs,
  CopyableId,
  Facts,
  Instant,
  JsonView,
  LinkButton,
  PageHeader,
  Panel,
  Term,
  type Fact,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { glossary } from "@tillstream/eventing/glossary";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useShortcuts } from "../console/shortcuts.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { EventChanges } from "./event-changes.tsx";
import { EventReaders } from "./event-readers.tsx";
import { eventsHref } from "./filters.ts";
import { eventHref, flowHref, streamHref } from "../links/events.ts";
import { Payloads } from "./payloads.tsx";
import type { EventDetail } from "./event-detail.ts";

const breadcrumbs = (last: string) => <Breadcrumbs items={[{ label: "Events", href: "/events" }, { label: last }]} />;

export function EventView({ eventId }: { eventId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.events.byId.queryOptions({ eventId }, useLiveQuery()));
  const neighbours = query.data === undefined ? {} : neighboursOf(query.data);
  const router = useRouter();
  useShortcuts({
    "[": () => neighbours.previous && router.push(neighbours.previous),
    "]": () => neighbours.next && router.push(neighbours.next),
  });
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the event" />;
    return (
      <>
        <PageHeader title="Event" breadcrumbs={breadcrumbs(eventId)} />
        <QueryFailed query={query} what="this event" list={{ href: "/events", label: "All events" }} />
      </>
    );
  }
  const event = query.data;
  return (
    <>
      <PageHeader
        title={event.type}
        breadcrumbs={breadcrumbs(event.position === null ? event.eventId : `Position ${event.position}`)}
        beside={<Badge mono>v{event.schemaVersion}</Badge>}
        description={<CopyableId id={event.eventId} what="event id" full />}
        actions={
          <nav aria-label="Events of this stream" className="flex gap-2">
            <Step href={neighbours.previous} title="Previous event of the stream ([)">
              Previous
            </Step>
            <Step href={neighbours.next} title="Next event of the stream (])">
              Next
            </Step>
          </nav>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0 space-y-4">
          <EventChanges event={event} />
          <Payloads event={event} />
          <JsonView value={event.metadata} label="Metadata" />
        </div>
        <div className="min-w-0 space-y-4">
          <Panel title="Details">
            <Facts items={factsOf(event)} />
          </Panel>
          <EventReaders event={event} />
        </div>
      </div>
    </>
  );
}

function neighboursOf({ streamId, version, streamVersion }: EventDetail): { previous?: string; next?: string } {
  return {
    ...(version > 1 && { previous: eventHref(`${streamId}:${version - 1}`) }),
    ...(version < streamVersion && { next: eventHref(`${streamId}:${version + 1}`) }),
  };
}

function Step({ href, title, children }: { href: string | undefined; title: string; children: string }) {
  if (href === undefined)
    return (
      <span className="inline-flex h-control-sm items-center px-2.5 text-sm text-muted">
        No {children.toLowerCase()}
      </span>
    );
  return (
    <LinkButton size="sm" href={href} title={title}>
      {children}
    </LinkButton>
  );
}

function factsOf(event: EventDetail): Fact[] {
  const { metadata, streamId } = event;
  return [
    {
      term: <Term meaning={glossary.stream}>Stream</Term>,
      value: <CopyableId id={streamId} what="stream id" href={streamHref(streamId)} head={16} tail={8} />,
    },
    { term: <Term meaning={glossary.version}>Version</Term>, value: `${event.version} of ${event.streamVersion}` },
    { term: <Term meaning={glossary.position}>Position</Term>, value: event.position ?? "not published yet" },
    { term: "Recorded", value: <Instant at={event.recordedAt} format="precise" /> },
    { term: <Term meaning={glossary.outbox}>Published</Term>, value: <Published event={event} /> },
    {
      term: <Term meaning={glossary.actor}>Actor</Term>,
      value: (
        <>
          {event.actorName !== null && <span className="mr-2">{event.actorName}</span>}
          <CopyableId
            id={metadata.actor}
            what="actor"
            href={eventsHref({ actor: metadata.actor })}
            head={20}
            tail={6}
          />
        </>
      ),
    },
    {
      term: <Term meaning={glossary.correlation}>Correlation</Term>,
      value: <CopyableId id={metadata.correlationId} what="correlation id" href={flowHref(metadata.correlationId)} />,
    },
    {
      term: <Term meaning={glossary.causation}>Causation</Term>,
      value: <CopyableId id={metadata.causationId} what="causation id" head={20} tail={8} />,
    },
  ];
}

function Published({ event }: { event: EventDetail }) {
  if (event.publishedAt !== null) return <Instant at={event.publishedAt} format="precise" />;
  return event.position === null ? "waits in the outbox" : "yes; its outbox row was pruned";
}
