"use client";
/** Alerts, live. Those that fire are asked for on every page, also while the page itself is paused. */
import { useQuery } from "@tanstack/react-query";
import { useAlwaysLiveQuery, useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { listInput, type AlertFilters } from "./alert-filters.ts";
import { firingGroups, type AlertGroup } from "./alert-state.ts";
import { OPEN_ALERTS } from "./sizes.ts";

const none: readonly AlertGroup[] = [];

export function useOpenAlerts() {
  return useQuery(useTRPC().alerts.list.queryOptions({ limit: OPEN_ALERTS }, useAlwaysLiveQuery()));
}

export function useFiringGroups(): readonly AlertGroup[] {
  const items = useOpenAlerts().data?.items;
  return items === undefined ? none : firingGroups(items);
}

export function useAlerts(filters: AlertFilters = { after: null }) {
  return useQuery(useTRPC().alerts.list.queryOptions(listInput(filters), useLiveQuery()));
}
