"use client";
/** The faults that are on, and switching them; only in a local environment, elsewhere the procedures are not found. */
import { useCommand } from "@tillstream/trpc/commands";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useAlwaysLiveQuery } from "../console/live.tsx";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import type { FaultName } from "./fault-words.ts";

/** Also while the page is paused: the banner must not outlive its fault. */
export const useFaults = () => useQuery(useTRPC().faults.get.queryOptions(undefined, useAlwaysLiveQuery()));

export function useRefreshFaults() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: trpc.faults.get.queryKey() });
}

/** What a switch sends: a value, or null for off. */
export interface SwitchInput {
  readonly value: Record<string, unknown> | boolean | null;
  readonly minutes: number;
}

export function useFaultSwitch(name: FaultName) {
  const { faults } = useTRPCClient();
  const refresh = useRefreshFaults();
  return useCommand({
    name: "faults.set",
    subject: name,
    send: ({ value, minutes }: SwitchInput, call) => faults.set.mutate({ [name]: value, minutes }, call),
    onDone: refresh,
  });
}
