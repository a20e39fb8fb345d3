"use client";
/** The data as the consumer is given it: the event's, in the latest version, or the copy that an operator edited. */
import { Banner, JsonView, Panel, SkeletonText } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { changedPaths } from "../events/changed-paths.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import type { DeadLetterDetail } from "./dead-letter-detail.ts";

/** The dead letter's event in its latest version. An event never changes, so it is asked for once. */
export function useEventData(eventId: string) {
  return useQuery(useTRPC().events.byId.queryOptions({ eventId }));
}

export function DeadLetterPayload({ letter }: { letter: DeadLetterDetail }) {
  const query = useEventData(letter.eventId);
  const event = query.data;
  if (event === undefined) {
    if (query.isError) return <QueryFailed query={query} what="the payload" />;
    return (
      <Panel title="Payload">
        <SkeletonText lines={6} />
      </Panel>
    );
  }
  const read = event.upcastError === null ? event.upcastData : event.data;
  if (letter.editedData !== null) {
    return (
      <Panel
        title="Payload"
        description="An operator edited a copy, which this consumer is given. The event itself is unchanged."
      >
        <div className="space-y-3">
          <JsonView
            value={letter.editedData}
            label="Edited copy, as delivered"
            openDepth={3}
            highlight={changedPaths(read, letter.editedData)}
          />
          <JsonView value={read} label="The event's data" openDepth={1} />
        </div>
      </Panel>
    );
  }
  return (
    <Panel title="Payload">
      {event.upcastError !== null && (
        <Banner tone="failed" className="mb-3" title="This deployment cannot read the payload">
          {event.upcastError}
        </Banner>
      )}
      <JsonView
        value={read}
        label={`Data as delivered (v${event.latestVersion ?? event.schemaVersion})`}
        openDepth={3}
      />
    </Panel>
  );
}
