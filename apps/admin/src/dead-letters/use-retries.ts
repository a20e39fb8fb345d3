"use client";
/** The latest retries that operators asked for. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";

const WATCH_MS = 500;

/** Asked for more often while one runs. */
export function useRetries() {
  const live = useLiveQuery();
  return useQuery(
    useTRPC().deadLetters.retries.queryOptions(undefined, {
      ...live,
      refetchInterval: ({ state }) =>
        live.refetchInterval !== false && state.data?.some(({ status }) => status === "running")
          ? WATCH_MS
          : live.refetchInterval,
    }),
  );
}
