"use client";
/** Which consumers and projections have taken the event in, which have parked it, which are not there yet. */
import { Instant, Link, Panel, SkeletonText, StatusBadge, Term } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { glossary } from "@tillstream/eventing/glossary";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { deadLettersHref } from "../links/dead-letters.ts";
import type { EventDetail } from "./event-detail.ts";

export function EventReaders({ event }: { event: EventDetail }) {
  const trpc = useTRPC();
  const live = useLiveQuery();
  const consumers = useQuery(trpc.consumers.list.queryOptions(undefined, live));
  const projections = useQuery(trpc.projections.list.queryOptions(undefined, live));
  const readers = [...(consumers.data ?? []), ...(projections.data ?? [])];
  const pending = consumers.isPending || projections.isPending;
  return (
    <Panel title="Processed by" description="Each consumer and projection, at its own pace.">
      {pending ? (
        <SkeletonText lines={4} />
      ) : (
        <ul>
          {readers.map((reader) => (
            <li
              key={reader.name}
              className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 border-b border-line py-1 last:border-b-0"
            >
              <span className="font-mono text-sm">{reader.name}</span>
              <State event={event} name={reader.name} position={reader.position} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const heldAs: Readonly<Record<string, string>> = {
  parked: "parked: failed",
  retrying: "failed, will be retried",
  waiting: "waits behind one that failed",
};

function State({ event, name, position }: { event: EventDetail; name: string; position: number }): ReactNode {
  const parked = event.parkedFor.find((letter) => letter.consumer === name);
  if (parked !== undefined) {
    return (
      <Link href={deadLettersHref({ consumer: name })} className="hover:underline">
        <StatusBadge status="failed" quiet>
          {heldAs[parked.status] ?? parked.status}
        </StatusBadge>
      </Link>
    );
  }
  const processed = event.processedBy.find((each) => each.consumer === name);
  const passed = event.position !== null && position >= event.position;
  if (processed !== undefined || (passed && event.projections.includes(name))) {
    return (
      <span className="flex items-center gap-2 text-sm text-muted">
        <StatusBadge status="done" quiet>
          processed
        </StatusBadge>
        {processed !== undefined && <Instant at={processed.processedAt} format="time" />}
      </span>
    );
  }
  if (passed)
    return (
      <Term meaning="It has gone past this event and does nothing with this type.">
        <span className="text-sm text-muted">passed over</span>
      </Term>
    );
  return (
    <Term meaning={glossary.behind}>
      <StatusBadge status="waiting" quiet>
        not there yet
      </StatusBadge>
    </Term>
  );
}
