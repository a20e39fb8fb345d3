/** Views and controls of what runs: projections and their rebuilds, sagas, dead letters, the outbox. */
import { projections } from "@tillstream/commerce";
import {
  listDeadLetters,
  listRebuilds,
  outboxStatus,
  readRebuild,
  requestRebuild,
  requestRetry,
  RUN_STATUSES,
  selectionState,
  setSubscriptionStatus,
  subscriptionLags,
  subscriptionStatus,
} from "@tillstream/eventing";
import type { DeadLetter, SubscriptionLag } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { asPerson, PERSON } from "./as-person.ts";
import { UsageError } from "./moment.ts";
import { print, seconds, table } from "./output.ts";

const FOLLOW_MS = 300;
export interface WithReason {
  readonly reason: string;
}

/** No sign of the worker for this long: it is not running, and no process carries the rebuild out. */
const WORKER_SILENT_SECONDS = 15;

const lagColumns = [
  { title: "name", value: (row: SubscriptionLag) => row.name },
  { title: "status", value: (row: SubscriptionLag) => row.status },
  { title: "lag", value: (row: SubscriptionLag) => seconds(row.lagSeconds) },
  { title: "behind", value: (row: SubscriptionLag) => row.eventsBehind },
  { title: "position", value: (row: SubscriptionLag) => row.position },
  { title: "heartbeat", value: (row: SubscriptionLag) => seconds(row.heartbeatAgeSeconds) },
  { title: "dead letters", value: (row: SubscriptionLag) => row.openLetters },
];

export async function showProjections(db: Database, json: boolean | undefined): Promise<void> {
  const projections = await subscriptionLags(db, "projection");
  const consumers = await subscriptionLags(db, "consumer");
  const empty = "None yet: the worker has not run.";
  print(
    { projections, consumers },
    `Projections\n${table(projections, lagColumns, empty)}\n\nConsumers\n${table(consumers, lagColumns, empty)}`,
    json,
  );
}

/** Asks for the rebuild and follows it to its end; resolves to the exit code. */
export async function rebuild(db: Database, name: string, { reason }: WithReason): Promise<number> {
  const answer = await asPerson(db, "projections.rebuild", name, reason, {
    state: (tx) => readRebuild(tx, name),
    work: (tx) => requestRebuild(tx, projections, name, PERSON),
  });
  console.log(
    answer === "started"
      ? `The rebuild of ${name} has begun; the live one serves meanwhile.`
      : `A rebuild of ${name} is running already.`,
  );
  for (;;) {
    const [lag] = (await subscriptionLags(db, "projection")).filter((row) => row.name === name);
    const current = (await listRebuilds(db)).find(({ projection }) => projection === name);
    if (current === undefined) return 1;
    if (current.status === "running") {
      const share =
        current.startedAgainst === 0 ? 100 : Math.min(100, (100 * current.position) / current.startedAgainst);
      const phase = current.merging ? ", merging" : "";
      console.log(
        `  ${share.toFixed(0).padStart(3)} %  ${current.position} of ${current.startedAgainst} events${phase}`,
      );
      if (lag !== undefined && lag.heartbeatAgeSeconds > WORKER_SILENT_SECONDS)
        console.log("  waiting for the worker: is it running?");
      await systemScheduler.sleep(FOLLOW_MS);
      continue;
    }
    console.log(
      current.status === "swapped"
        ? `${name} is rebuilt and live.`
        : `The rebuild ended as ${current.status}: ${current.error ?? ""}`,
    );
    return current.status === "swapped" ? 0 : 1;
  }
}

export async function setStatus(
  db: Database,
  name: string,
  status: "running" | "paused",
  { reason }: WithReason,
): Promise<void> {
  await asPerson(db, status === "paused" ? "projections.pause" : "projections.resume", name, reason, {
    state: (tx) => subscriptionStatus(tx, "projection", name),
    work: (tx) => setSubscriptionStatus(tx, "projection", name, status),
  });
  console.log(`${name} is ${status}.`);
}

interface SagaRow {
  readonly saga_id: string;
  readonly status: string;
  readonly created_at: Date;
  readonly failure: string;
}

const ROWS_SHOWN = 50;
const RETRY_MAX = 100_000;

export async function showSagas(db: Database, { status, json }: { status?: string; json?: boolean }): Promise<void> {
  if (status !== undefined && !RUN_STATUSES.some((known) => known === status))
    throw new UsageError(`--status takes one of ${RUN_STATUSES.join(", ")}, not: ${status}`);
  const byStatus = status === undefined ? sql`true` : sql`status = ${status}`;
  const rows = await db.query<SagaRow>(sql`
    SELECT saga_id, status, created_at, coalesce(failure ->> 'code', '') AS failure FROM sagas WHERE ${byStatus} ORDER BY created_at DESC LIMIT ${ROWS_SHOWN}`);
  const columns = [
    { title: "saga", value: (row: SagaRow) => row.saga_id },
    { title: "status", value: (row: SagaRow) => row.status },
    { title: "begun", value: (row: SagaRow) => row.created_at.toISOString() },
    { title: "failure", value: (row: SagaRow) => row.failure },
  ];
  print(rows, table(rows, columns, "No sagas match."), json);
}

export async function showDeadLetters(db: Database, json: boolean | undefined): Promise<void> {
  const rows = await listDeadLetters(db, { limit: ROWS_SHOWN });
  const columns = [
    { title: "id", value: (row: DeadLetter) => row.id },
    { title: "consumer", value: (row: DeadLetter) => row.consumer },
    { title: "event", value: (row: DeadLetter) => row.eventId },
    { title: "status", value: (row: DeadLetter) => row.status },
    { title: "attempts", value: (row: DeadLetter) => row.attempts },
    { title: "error", value: (row: DeadLetter) => row.error.split("\n", 1)[0] ?? "" },
  ];
  print(rows, table(rows, columns, "No dead letters."), json);
}

export interface RetryOptions extends WithReason {
  readonly rate: string;
  readonly consumer?: string;
  readonly stopOnFailure?: boolean;
}

/** Asks for one more attempt at a dead letter, or at all that are parked; the worker carries it out. */
export async function retryDeadLetters(db: Database, id: string, options: RetryOptions): Promise<void> {
  const perSecond = Number(options.rate);
  if (!(perSecond > 0)) throw new UsageError(`--rate takes a number above 0, not: ${options.rate}`);
  if (id !== "all" && !/^\d{1,15}$/.test(id)) throw new UsageError(`Not the id of a dead letter, nor "all": ${id}`);
  const { reason, consumer, stopOnFailure = false } = options;
  if (consumer !== undefined && id !== "all")
    throw new UsageError("--consumer goes with all, not with one dead letter");
  const selection = id === "all" ? { consumer, limit: RETRY_MAX } : { ids: [Number(id)] };
  const answer = await asPerson(db, "deadLetters.retry", consumer ?? id, reason, {
    state: (tx) => selectionState(tx, selection),
    work: (tx) => requestRetry(tx, { selection, actor: PERSON, reason, perSecond, stopOnFailure }),
  });
  console.log(`${answer.letters} dead letters will be retried, ${perSecond} a second. See: tillstream dead-letters`);
}

export async function showOutbox(db: Database, json: boolean | undefined): Promise<void> {
  const status = await outboxStatus(db);
  const { unpublished, quarantined, oldestAgeSeconds, publishedLastMinute, headPosition, lease, relayAlive } = status;
  const text = [
    `unpublished             ${unpublished}${unpublished > 0 ? `, the oldest for ${seconds(oldestAgeSeconds)}` : ""}`,
    `could not be published  ${quarantined}`,
    `published last minute   ${publishedLastMinute}`,
    `head position           ${headPosition}`,
    `relay                   ${relayAlive ? "running" : "not running"}${lease === null ? "" : `, last owner ${lease.owner}, epoch ${lease.epoch}`}`,
  ].join("\n");
  print(status, text, json);
}
