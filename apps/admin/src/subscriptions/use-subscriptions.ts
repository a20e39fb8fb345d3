"use client";
/** Projections and consumers, live, their lag recorded as it is read. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { useRecorder } from "./lag-trend.ts";
import type { Subscription } from "./subscription-state.ts";

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
