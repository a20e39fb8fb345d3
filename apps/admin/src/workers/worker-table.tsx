"use client";
/** Workers as rows: those that are there, then those that ended without a word; or by a column. */
import { Instant, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import type { ReactNode } from "react";
import { secondsText } from "../console/subscription-state.ts";
import { useColumnSort } from "../console/use-column-sort.ts";
import { DrainButton } from "./drain-button.tsx";
import { leasesText, runsText, stateOf, type Worker } from "./worker-state.ts";

export const workerColumns = 8;

const sortKeys = {
  name: ({ id }: Worker) => id,
  state: ({ state }: Worker) => state,
  version: ({ version }: Worker) => version,
  since: ({ startedAt }: Worker) => Date.parse(startedAt),
  heartbeat: ({ heartbeatAgeSeconds }: Worker) => heartbeatAgeSeconds,
};

interface WorkerTableProps {
  workers: readonly Worker[];
  /** In place of rows. */
  children?: ReactNode;
}

export function WorkerTable({ workers, children }: WorkerTableProps) {
  const { rows, head } = useColumnSort(workers, sortKeys);
  return (
    <Table label="Workers">
      <THead>
        <Tr>
          <Th sort={head("name")}>Worker</Th>
          <Th sort={head("state")}>State</Th>
          <Th sort={head("version")}>Version</Th>
          <Th className="w-full">Runs</Th>
          <Th>
            <Term meaning={glossary.lease}>Leases</Term>
          </Th>
          <Th sort={head("since")}>Since</Th>
          <Th numeric sort={{ ...head("heartbeat"), label: "heartbeat" }}>
            <Term meaning={glossary.heartbeat}>Heartbeat</Term>
          </Th>
          <Th>
            <Term meaning={glossary.drained}>Drain or resume</Term>
          </Th>
        </Tr>
      </THead>
      <TBody>
        {rows.map((worker) => (
          <Row key={worker.id} worker={worker} workers={workers} />
        ))}
        {children}
      </TBody>
    </Table>
  );
}

function Row({ worker, workers }: { worker: Worker; workers: readonly Worker[] }) {
  const { id, version, host, pid, state, runs, startedAt, heartbeatAt, heartbeatAgeSeconds, drain } = worker;
  const { status, word } = stateOf(worker);
  return (
    <Tr>
      <Td mono title={`process ${pid} on ${host}`}>
        {id}
      </Td>
      <Td wide className="whitespace-normal! py-1.5!">
        <StatusBadge status={status} quiet={state === "running"}>
          {word}
        </StatusBadge>
        {state === "gone" && (
          <span className="ml-2 text-muted">
            since <Instant at={heartbeatAt} format="time" />
          </span>
        )}
        {drain !== null && (
          <span className="block min-w-48 break-words text-muted">
            by {drain.by} since <Instant at={drain.since} format="time" />: {drain.reason}
          </span>
        )}
      </Td>
      <Td mono label="Version">
        {version}
      </Td>
      <Td wide label="Runs" className="whitespace-normal! py-1.5!">
        <details>
          <summary className="min-h-6 cursor-pointer">{runsText(runs)}</summary>
          <ul className="mt-1 columns-2 font-mono text-sm text-ink-soft">
            {runs.map((part) => (
              <li key={part} className="break-words">
                {part}
              </li>
            ))}
          </ul>
        </details>
      </Td>
      <Td label="Leases">{leasesText(worker)}</Td>
      <Td label="Since">
        <Instant at={startedAt} />
      </Td>
      <Td numeric label="Heartbeat">
        {secondsText(heartbeatAgeSeconds)}
      </Td>
      <Td className="max-sm:ml-auto">{state !== "gone" && <DrainButton worker={worker} workers={workers} />}</Td>
    </Tr>
  );
}
