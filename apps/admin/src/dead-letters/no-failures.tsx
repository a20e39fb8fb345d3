"use client";
/** In place of rows when no stream is blocked: since when. */
import { EmptyState, Instant } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";

export function NoFailures() {
  const counts = useQuery(useTRPC().deadLetters.counts.queryOptions(undefined, useLiveQuery())).data;
  const since = counts?.lastFailedAt ?? null;
  return (
    <EmptyState
      title={
        since === null ? (
          "0 dead letters"
        ) : (
          <>
            0 since <Instant at={since} format="precise" />
          </>
        )
      }
    >
      {counts !== undefined && since === null && "There has never been one. "}
      Every consumer and projection has processed every event it was given. Nothing is parked, nothing waits.
    </EmptyState>
  );
}
