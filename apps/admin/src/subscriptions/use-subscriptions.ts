"use client";
/** Projections and consumers, live; the lag of consumers is recorded as it is read, that of projections by the server. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { useRecorder } from "./lag-trend.ts";
import type { Subscription } from "../console/subscription-state.ts";

const lagsOf = (subscriptions: readonly Subscription[] | undefined) =>
  subscriptions && Object.fromEntries(subscriptions.map(({ name, lagSeconds }) => [`lag ${name}`, lagSeconds]));

export function useProjections() {
  const query = useQuery(useTRPC().projections.list.queryOptions(undefined, useLiveQuery()));
  useRecorder(query.dataUpdatedAt, lagsOf(query.data));
  return query;
}

export function useConsumers() {
  const query = useQuery(useTRPC().consumers.list.queryOptions(undefined, useLiveQuery()));
  useRecorder(query.dataUpdatedAt, lagsOf(query.data));
  return query;
}

/** Lag of each projection in the last minutes, its rate, and when it will have caught up; as the monitor measured it. */
export function useTrends() {
  return useQuery(useTRPC().projections.trends.queryOptions(undefined, useLiveQuery()));
}

const REBUILD_POLL_MS = 500;

/** The latest rebuild of each projection; asked for more often while one runs. */
export function useRebuilds() {
  const live = useLiveQuery();
  return useQuery(
    useTRPC().projections.rebuilds.queryOptions(undefined, {
      ...live,
      refetchInterval: ({ state }) =>
        live.refetchInterval !== false && state.data?.some(({ status }) => status === "running")
          ? REBUILD_POLL_MS
          : live.refetchInterval,
    }),
  );
}
