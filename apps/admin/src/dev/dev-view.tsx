"use client";
/** The local environment's own page: what can be made to go wrong, and who orders meanwhile. */
import { LinkButton, PageHeader, Skeleton } from "@tillstream/ui";
import { QueryFailed } from "../console/query-failed.tsx";
import { FaultSwitches } from "./fault-switches.tsx";
import { Scenarios } from "./scenarios.tsx";
import { useFaults } from "./use-faults.ts";

export function DevView() {
  const query = useFaults();
  return (
    <>
      <DevHeader />
      <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {query.data !== undefined ? (
          <FaultSwitches {...query.data} />
        ) : query.isError ? (
          <QueryFailed query={query} what="the switches" />
        ) : (
          <Skeleton className="h-112 rounded-lg" />
        )}
        <Scenarios />
      </div>
    </>
  );
}

export function DevHeader() {
  return (
    <PageHeader
      title="Faults and traffic"
      description="Of this local environment only."
      actions={
        <LinkButton href="/mail" size="sm">
          Mail inbox
        </LinkButton>
      }
    />
  );
}
