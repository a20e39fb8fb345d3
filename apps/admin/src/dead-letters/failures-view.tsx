"use client";
/** Open failures by consumer and kind, the latest first, and the retries that operators asked for. */
import { isUnsettled } from "@tillstream/trpc/commands";
import { SkeletonRows, TableMessage } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { OutcomeUnknown } from "../console/command-outcome.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { groupColumns } from "./group-columns.ts";
import { GroupTable } from "./group-table.tsx";
import { NoFailures } from "./no-failures.tsx";
import { RetryList } from "./retry-list.tsx";
import { useGroupRetry } from "./use-group-retry.ts";

export function FailuresView() {
  const query = useQuery(useTRPC().deadLetters.groups.queryOptions(undefined, useLiveQuery()));
  const retry = useGroupRetry();
  return (
    <>
      {isUnsettled(retry) && (
        <div className="mb-3">
          <OutcomeUnknown what="the retry" command={retry} />
        </div>
      )}
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what="the failures" />
      ) : (
        <GroupTable groups={query.data ?? []}>
          {query.isPending && <SkeletonRows rows={3} columns={groupColumns.length} />}
          {query.data?.length === 0 && (
            <TableMessage columns={groupColumns.length}>
              <NoFailures />
            </TableMessage>
          )}
        </GroupTable>
      )}
      <RetryList />
    </>
  );
}
