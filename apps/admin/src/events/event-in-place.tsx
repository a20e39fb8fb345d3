"use client";
/** An event opened inside the list: payload, metadata, and the ways on. */
import { JsonView, LinkButton, SkeletonText } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { eventHref, streamHref } from "../links/events.ts";

export function EventInPlace({ eventId }: { eventId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.events.byId.queryOptions({ eventId }));
  if (query.data === undefined) {
    return query.isError ? (
      <QueryFailed query={query} what="this event" />
    ) : (
      <SkeletonText lines={5} className="max-w-md py-2" />
    );
  }
  const { data, metadata, streamId, schemaVersion } = query.data;
  return (
    <div className="space-y-3 whitespace-normal">
      <div className="grid gap-3 lg:grid-cols-2">
        <JsonView value={data} label={`Payload, as stored (v${schemaVersion})`} />
        <JsonView value={metadata} label="Metadata" />
      </div>
      <div className="flex flex-wrap gap-2">
        <LinkButton size="sm" href={eventHref(eventId)}>
          Open event
        </LinkButton>
        <LinkButton size="sm" variant="ghost" href={streamHref(streamId)}>
          Open stream
        </LinkButton>
      </div>
    </div>
  );
}
