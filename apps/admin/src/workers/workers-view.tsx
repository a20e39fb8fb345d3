"use client";
/** Who runs what, since when, with which leases; and who is drained. */
import { Banner, EmptyState, SkeletonRows, TableMessage, Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { useQuery } from "@tanstack/react-query";
import { NO_PARTS } from "../console/address.ts";
import { ListHead } from "../console/list-head.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import type { Worker } from "./worker-state.ts";
import { WorkerTable, workerColumns } from "./worker-table.tsx";

export function WorkersView() {
  const query = useQuery(useTRPC().workers.list.queryOptions(undefined, useLiveQuery()));
  const whyNot = useWhyNotOperate();
  return (
    <>
      <ListHead
        title="Workers"
        description={
          <>
            All workers share all work. One that is <Term meaning={glossary.drained}>drained</Term> takes none and stays
            alive. {whyNot}
          </>
        }
        first="/workers"
        parts={NO_PARTS}
      />
      <div role="status" className="empty:hidden">
        {query.data !== undefined && <NobodyWorks workers={query.data} />}
      </div>
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what="the workers" />
      ) : (
        <WorkerTable workers={query.data ?? []}>
          {query.isPending && <SkeletonRows rows={2} columns={workerColumns} />}
          {query.data?.length === 0 && (
            <TableMessage columns={workerColumns}>
              <EmptyState title="No worker is here" level={2}>
                Nothing is delivered until one starts. What is written meanwhile waits, and nothing is lost.
              </EmptyState>
            </TableMessage>
          )}
        </WorkerTable>
      )}
    </>
  );
}

function NobodyWorks({ workers }: { workers: readonly Worker[] }) {
  if (workers.length === 0 || workers.some(({ state }) => state === "running")) return null;
  const isDrained = workers.some(({ state }) => state !== "gone");
  return (
    <Banner tone={isDrained ? "waiting" : "failed"} className="mb-3" title="No worker is at work">
      Nothing is delivered until {isDrained ? "one is resumed" : "one starts"}. What is written meanwhile waits, and
      nothing is lost.
    </Banner>
  );
}
