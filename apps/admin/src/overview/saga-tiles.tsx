"use client";
/** Runs of sagas under way, and those that need an operator. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { sagasHref } from "../sagas/saga-filters.ts";
import { FigureTile } from "./figure-tile.tsx";

export function SagaTiles() {
  const query = useQuery(useTRPC().sagas.counts.queryOptions(undefined, useLiveQuery()));
  const { byStatus, stuck = 0, stuckAfterMinutes } = query.data ?? {};
  const halted = byStatus?.failed && !byStatus.compensation_failed ? "failed" : "compensation_failed";
  const failed = (byStatus?.compensation_failed ?? 0) + (byStatus?.failed ?? 0);
  return (
    <>
      <FigureTile
        query={query}
        href={sagasHref({ status: "running" })}
        label="Sagas running"
        value={byStatus?.running.toLocaleString("en-US")}
        secondary={`${byStatus?.compensating.toLocaleString("en-US")} more compensating`}
      />
      <FigureTile
        query={query}
        href={sagasHref({ status: halted })}
        label="Failed sagas"
        value={byStatus && failed.toLocaleString("en-US")}
        secondary={failed === 0 ? "none needs an operator" : "each needs an operator"}
        status={failed > 0 ? "failed" : undefined}
        statusWord={failed > 0 ? "failed" : undefined}
      />
      <FigureTile
        query={query}
        href={sagasHref({ stuck: true })}
        label="Stuck sagas"
        value={query.data && stuck.toLocaleString("en-US")}
        secondary={`not finished after ${stuckAfterMinutes} min`}
        status={stuck > 0 ? "waiting" : undefined}
        statusWord={stuck > 0 ? "stuck" : undefined}
      />
    </>
  );
}
