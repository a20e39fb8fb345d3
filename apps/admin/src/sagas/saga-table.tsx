"use client";
/** Runs as rows; j, k and Enter move through them. */
import {
  CopyableId,
  formatDuration,
  Instant,
  Link,
  StatusBadge,
  Table,
  TBody,
  Td,
  Th,
  THead,
  Tr,
  useNow,
} from "@tillstream/ui";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { Outputs } from "../console/trpc.ts";
import { useRowKeys } from "../console/use-row-keys.ts";
import { eventsHref } from "../events/filters.ts";
import { sagaHref } from "../events/links.ts";
import { runStatus, runWord } from "./saga-state.ts";

type RunRow = Outputs["sagas"]["list"]["items"][number];

export const sagaColumns = 7;

export function SagaTable({ runs, children }: { runs: readonly RunRow[]; children?: ReactNode }) {
  const router = useRouter();
  const { chosen, rowRef } = useRowKeys(
    runs.map((run) => run.sagaId),
    (sagaId) => router.push(sagaHref(sagaId)),
  );
  return (
    <Table label="Sagas, newest first">
      <THead>
        <Tr>
          <Th>Saga</Th>
          <Th>Status</Th>
          <Th>Subject</Th>
          <Th>Began</Th>
          <Th numeric>Took</Th>
          <Th className="w-full">Failure</Th>
          <Th>Correlation</Th>
        </Tr>
      </THead>
      <TBody>
        {runs.map((run) => (
          <Tr key={run.sagaId} ref={rowRef(run.sagaId)} selected={chosen === run.sagaId}>
            <Td>
              <Link
                href={sagaHref(run.sagaId)}
                className="inline-flex min-h-6 items-center font-medium hover:underline"
              >
                {run.name}
              </Link>
            </Td>
            <Td>
              <StatusBadge status={runStatus[run.status]} quiet>
                {runWord[run.status]}
              </StatusBadge>
            </Td>
            <Td>
              <CopyableId id={run.subject} what="subject" href={sagaHref(run.sagaId)} />
            </Td>
            <Td>
              <Instant at={run.createdAt} format="precise" />
            </Td>
            <Td numeric>
              <Took run={run} />
            </Td>
            <Td>
              <Failure failure={run.failure} />
            </Td>
            <Td>
              <CopyableId
                id={run.correlationId}
                what="correlation id"
                href={eventsHref({ correlation: run.correlationId })}
              />
            </Td>
          </Tr>
        ))}
        {children}
      </TBody>
    </Table>
  );
}

/** How long the run took, or has taken so far. */
function Took({ run }: { run: Pick<RunRow, "createdAt" | "finishedAt"> }) {
  const nowMs = useNow();
  const began = Date.parse(run.createdAt);
  if (run.finishedAt !== null) return formatDuration(Date.parse(run.finishedAt) - began);
  return nowMs === undefined ? "" : <span className="text-running">{formatDuration(nowMs - began)} so far</span>;
}

function Failure({ failure }: { failure: RunRow["failure"] }) {
  if (failure === null) return <span className="text-muted">none</span>;
  return (
    <span title={failure.message}>
      <span className="font-mono text-sm">{failure.code}</span> <span className="text-muted">in {failure.step}</span>
    </span>
  );
}
