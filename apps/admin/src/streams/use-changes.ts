"use client";
/** What each of some events of a stream changed in its state, as the server replays it. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { changesInput, type Shape } from "./shapes.ts";

export type StreamEvent = Outputs["streams"]["read"]["events"][number];
export type Step = Outputs["streams"]["changes"]["steps"][number];

/** @param events without a gap; what they changed never changes again */
export function useChanges(streamId: string, events: readonly StreamEvent[], shape: Shape | undefined) {
  const page = { afterVersion: (events[0]?.version ?? 1) - 1, limit: Math.max(1, events.length) };
  const query = useQuery(
    useTRPC().streams.changes.queryOptions(changesInput(streamId, page, shape), {
      enabled: events.length > 0,
      staleTime: Infinity,
      placeholderData: keepPreviousData,
    }),
  );
  return { query, steps: new Map(query.data?.steps.map((step) => [step.version, step])) };
}
