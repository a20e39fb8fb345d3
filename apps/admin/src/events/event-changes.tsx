"use client";
/** What one event changed in the state of its stream. */
import { Panel, SkeletonText, TextLink } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { streamHref } from "../links/events.ts";
import { streamQuery } from "../streams/address.ts";
import { Changes } from "../streams/changes.tsx";
import { changesInput, shapeOf } from "../streams/shapes.ts";
import type { EventDetail } from "./event-detail.ts";

export function EventChanges({ event: { streamId, streamType, version } }: { event: EventDetail }) {
  const shape = shapeOf(streamType);
  const page = { afterVersion: version - 1, limit: 1 };
  const query = useQuery(
    useTRPC().streams.changes.queryOptions(changesInput(streamId, page, shape), {
      enabled: shape !== undefined,
      staleTime: Infinity,
    }),
  );
  if (shape === undefined) return null;
  const step = query.data?.steps[0];
  return (
    <Panel
      title="What it changed"
      actions={
        <TextLink href={streamHref(streamId) + streamQuery({ at: String(version) })} className="text-sm">
          Travel here
        </TextLink>
      }
    >
      {step !== undefined && <Changes changes={step.changes} shape={shape} shown={step.shown} />}
      {query.isSuccess && step === undefined && <p className="text-muted">It is not known: {query.data.problem}.</p>}
      {query.isError && <QueryFailed query={query} what="what it changed" />}
      {query.isPending && <SkeletonText lines={2} />}
    </Panel>
  );
}
