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
import type { ReactNode } from "react";
import type { SortHead } from "../console/time-order.ts";
import type { Outputs } from "../console/trpc.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { eventsHref } from "../events/filters.ts";
import { sagaHref } from "../links/events.ts";
import { runStatus, runWord } from "./saga-state.ts";

type RunRow = Outputs["sagas"]["list"]["items"][number];

export const sagaColumns = 8;

interface SagaTableProps {
  readonly runs: readonly RunRow[];
  /** The order in words. */
  readonly words: string;
  readonly sort: SortHead;
  readonly children?: ReactNode;
}

export function SagaTable({ runs, words, sort, children }: SagaTableProps) {
  const { chosen, rowRef } = useRowLinks(runs.map((run) => sagaHref(run.sagaId)));
  return (
    <Table label={`Sagas, ${words}`}>
      <THead>
        <Tr>
          <Th>Saga</Th>
          <Th>Status</Th>
          <Th>Subject</Th>
          <Th>At step</Th>
          <Th sort={sort}>Began</Th>
          <Th numeric>Took</Th>
          <Th className="w-full">Failure</Th>
          <Th>Correlation</Th>
        </Tr>
      </THead>
      <TBody>
        {runs.map((run) => (
          <Tr key={run.sagaId} ref={rowRef(sagaHref(run.sagaId))} selected={chosen === sagaHref(run.sagaId)}>
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
            <Td label="Subject">
              <CopyableId
                id={run.subject}
                name={run.subjectName === null ? undefined : `order ${run.subjectName}`}
                what="subject"
                href={sagaHref(run.sagaId)}
              />
            </Td>
            <Td>{run.currentStep !== null && <CurrentStep current={run.currentStep} />}</Td>
            <Td label="Began">
              <Instant at={run.createdAt} format="relative" />
            </Td>
            <Td numeric label="Took">
              <Took run={run} />
            </Td>
            <Td label="Failure" className="max-w-0 min-w-44 truncate">
              {run.failure !== null && <Failure failure={run.failure} />}
            </Td>
            <Td label="Correlation">
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

/** The step that is under way, or at which the run halted. */
function CurrentStep({ current }: { current: NonNullable<RunRow["currentStep"]> }) {
  const { step, kind, attempt, nextAttemptAt } = current;
  return (
    <>
      {kind === "compensation" && <span className="text-compensated">undo </span>}
      {step}
      {nextAttemptAt === null && attempt > 1 && <span className="text-muted">, attempt {attempt}</span>}
      {nextAttemptAt !== null && attempt > 0 && (
        <span className="text-muted">
          , attempt {attempt + 1} at <Instant at={nextAttemptAt} format="time" />
        </span>
      )}
    </>
  );
}

/** How long the run took, or has taken so far. */
function Took({ run }: { run: Pick<RunRow, "createdAt" | "finishedAt"> }) {
  const nowMs = useNow();
  const began = Date.parse(run.createdAt);
  if (run.finishedAt !== null) return formatDuration(Date.parse(run.finishedAt) - began);
  return nowMs === undefined ? "" : <span className="text-running">{formatDuration(nowMs - began)}</span>;
}

function Failure({ failure }: { failure: NonNullable<RunRow["failure"]> }) {
  return (
    <span title={failure.message}>
      <span className="font-mono text-sm">{failure.code}</span> <span className="text-muted">in {failure.step}</span>
    </span>
  );
}
