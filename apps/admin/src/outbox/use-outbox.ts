"use client";
/** The outbox, live, its backlog recorded as it is read. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { useRecorder } from "../subscriptions/lag-trend.ts";

export function useOutbox() {
  const query = useQuery(useTRPC().outbox.status.queryOptions(undefined, useLiveQuery()));
  useRecorder(
    query.dataUpdatedAt,
    query.data && { "outbox backlog": query.data.unpublished, "outbox age": query.data.oldestAgeSeconds },
  );
  return query;
}
