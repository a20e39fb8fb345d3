"use client";
/** Alerts, live. Those that fire are asked for on every page, also while the page itself is held still. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import type { Alert } from "./alert-state.ts";
import { ALERTS_SHOWN, OPEN_ALERTS } from "./sizes.ts";

const POLL_MS = 2_000;
const none: readonly Alert[] = [];

export function useOpenAlerts() {
  const options = { refetchInterval: POLL_MS, staleTime: 1_000 };
  return useQuery(useTRPC().alerts.list.queryOptions({ limit: OPEN_ALERTS }, options));
}

export function useFiringAlerts(): readonly Alert[] {
  return useOpenAlerts().data?.items.filter(({ status }) => status === "firing") ?? none;
}

export function useAlerts() {
  return useQuery(useTRPC().alerts.list.queryOptions({ limit: ALERTS_SHOWN }, useLiveQuery()));
}
