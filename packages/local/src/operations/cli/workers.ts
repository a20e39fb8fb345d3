/** Who runs what; draining a worker and resuming it. */
import { drainWorker, listWorkers, resumeWorker, workerState } from "@tillstream/eventing";
import type { Worker } from "@tillstream/eventing";
import type { Database } from "@tillstream/runtime";
import { asPerson, PERSON } from "./as-person.ts";
import type { WithReason } from "./operations.ts";
import { print, seconds, table } from "./output.ts";

const columns = [
  { title: "worker", value: (row: Worker) => row.id },
  { title: "state", value: (row: Worker) => row.state },
  { title: "version", value: (row: Worker) => row.version },
  { title: "host", value: (row: Worker) => `${row.host}, ${row.pid}` },
  { title: "relay", value: (row: Worker) => (row.relayEpoch === null ? "" : `epoch ${row.relayEpoch}`) },
  { title: "steps", value: (row: Worker) => row.steps },
  { title: "since", value: (row: Worker) => row.startedAt.toISOString() },
  { title: "heartbeat", value: (row: Worker) => seconds(row.heartbeatAgeSeconds) },
  { title: "drained", value: (row: Worker) => (row.drainedBy === null ? "" : `${row.drainedBy}: ${row.drainReason}`) },
];

export async function showWorkers(db: Database, json: boolean | undefined): Promise<void> {
  const workers = await listWorkers(db);
  print(workers, table(workers, columns, "No worker is here."), json);
}

export interface DrainOptions extends WithReason {
  readonly last?: boolean;
}

export async function drain(db: Database, worker: string, { reason, last = false }: DrainOptions): Promise<void> {
  await asPerson(db, "workers.drain", worker, reason, {
    state: (tx) => workerState(tx, worker),
    work: (tx) => drainWorker(tx, { worker, by: PERSON, reason, last }),
  });
  console.log(`${worker} finishes what it has in hand and takes no more. See: tillstream workers`);
}

export async function resume(db: Database, worker: string, { reason }: WithReason): Promise<void> {
  await asPerson(db, "workers.resume", worker, reason, {
    state: (tx) => workerState(tx, worker),
    work: (tx) => resumeWorker(tx, worker),
  });
  console.log(`${worker} takes work again.`);
}
