/** What the kernel watches of itself, in every deployment. */
import { join, raw, sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { PUBLISHABLE } from "../outbox/quarantine.ts";
import { RELAY_LEASE_MS } from "../outbox/lease.ts";
import type { Saga } from "../saga/definition.ts";
import { defineCheck, PLATFORM } from "./check.ts";
import type { AboutCheck, Check } from "./check.ts";
import {
  consumerLagLook,
  deadLettersLook,
  noWorkerLook,
  outboxAgeLook,
  outboxSetAsideLook,
  overdueStepsLook,
  readModelFaultsLook,
  sagaJobsLook,
} from "./kernel-looks.ts";
import { haltedRuns } from "./halted-check.ts";
import { LAGS } from "./lag.ts";
import { postgresChecks } from "./postgres-checks.ts";
import { timeInText } from "./time-in-text.ts";
import { ALL_DRAINED, DRAINED_LAST } from "../workers/workers.ts";

const HOUR_S = 3_600;
/** By then what a drained worker had in hand gives no sign of life any more. */
const STOPPED_SECONDS = 3;
/** 0 for an instant that there is not. */
const secondsSince = (at: Sql): Sql => sql`greatest(extract(epoch FROM now() - (${at})), 0)::float8`;

const worker = defineCheck({
  name: "no-worker",
  title: "No worker is at work",
  owner: PLATFORM,
  unit: "seconds",
  part: "Worker",
  effect: "Everybody: what is asked for is taken, and nothing follows from it.",
  next: "Resume the one that is drained; else look at the worker's log and start one of the release that ran last.",
  path: "/workers",
  threshold: 10,
  forSeconds: 5,
  look: noWorkerLook,
  readings: sql`
    SELECT '', CASE WHEN last.seen IS NULL OR last.seen < now() - ${STOPPED_SECONDS} * interval '1 second' AND ${ALL_DRAINED} THEN ${HOUR_S}
                    ELSE ${secondsSince(sql`last.seen`)} END,
           coalesce((SELECT format('%s is drained by %s: %s', worker, by, reason) FROM (${DRAINED_LAST}) drained),
                    CASE WHEN last.seen IS NULL THEN 'none has ever been here' ELSE 'the last sign of life: ' || ${timeInText(sql`last.seen`)} END)
    FROM (SELECT greatest((SELECT max(heartbeat_at) FROM projection_checkpoints), (SELECT max(heartbeat_at) FROM consumer_checkpoints),
                          (SELECT max(expires_at) - ${RELAY_LEASE_MS} * interval '1 ms' FROM relay_leases)) AS seen) last`,
});

const outboxAge = defineCheck({
  name: "outbox-age",
  title: "The relay publishes nothing",
  owner: PLATFORM,
  unit: "seconds",
  part: "Relay",
  effect: "Everything that follows an event: nothing that was begun goes on, and no page shows it.",
  next: "See who holds the lease and why it is stuck; restart that worker: the lease is free within five seconds.",
  path: "/outbox",
  threshold: 5,
  follows: ["no-worker", "kafka"],
  look: outboxAgeLook,
  readings: sql`
    SELECT '', ${secondsSince(sql`oldest.created_at`)}, CASE WHEN oldest.created_at IS NULL THEN 'nothing waits' ELSE 'the oldest event that could be published waits' END
    FROM (VALUES (1)) one LEFT JOIN LATERAL (
      SELECT created_at FROM outbox_events outbox WHERE ${PUBLISHABLE} AND next_attempt_at IS NULL ORDER BY outbox.id LIMIT 1) oldest ON true`,
});

const outboxSetAside = defineCheck({
  name: "outbox-set-aside",
  title: "Events cannot be published",
  owner: PLATFORM,
  unit: "count",
  part: "Relay",
  effect: "What they are about: later events of the same wait behind them.",
  next: "Fix what refuses them; they are tried again by themselves.",
  path: "/outbox",
  threshold: 0,
  forSeconds: 30,
  follows: ["kafka"],
  look: outboxSetAsideLook,
  readings: sql`
    SELECT '', count(*)::float8, (SELECT 'the last error: ' || left(last_error, 200) FROM outbox_events WHERE NOT published AND next_attempt_at IS NOT NULL ORDER BY next_attempt_at DESC LIMIT 1)
    FROM outbox_events WHERE NOT published AND next_attempt_at IS NOT NULL`,
});

const consumerLag = defineCheck({
  name: "consumer-lag",
  title: "A consumer is late",
  owner: PLATFORM,
  unit: "seconds",
  part: "Subscriptions",
  effect: "What its name says, and what follows from that.",
  next: "Resume it if it is paused; else bring back what it calls outside, or restart the worker.",
  path: "/consumers",
  threshold: 15,
  follows: ["no-worker", "outbox-age"],
  look: consumerLagLook,
  readings: sql`
    SELECT name, "lagSeconds", CASE status WHEN 'running' THEN '' ELSE status || ', ' END || "eventsBehind" || ' events behind'
    FROM (${LAGS.consumer}) lag
    UNION ALL SELECT '', 0, count(*) || ' consumers' FROM (SELECT FROM consumer_checkpoints GROUP BY consumer) known`,
});

const sagaJobs = defineCheck({
  name: "saga-jobs",
  title: "Saga steps are due and nobody begins them",
  owner: PLATFORM,
  unit: "seconds",
  part: "Saga jobs",
  effect: "Every run under way: nothing of it moves, forwards or back.",
  next: "Restart the worker; steps are queued again by themselves.",
  path: "/sagas?status=running",
  threshold: 15,
  follows: ["no-worker"],
  look: sagaJobsLook,
  readings: sql`
    SELECT '', greatest(${secondsSince(sql`due.oldest`)}, ${secondsSince(sql`left_alone.oldest`)}),
           concat_ws(', ', due.steps || ' queued', left_alone.steps || ' running', 'last run ended ' || CASE WHEN ended.at IS NULL THEN 'never' ELSE ${timeInText(sql`ended.at`)} END)
    FROM (SELECT count(*) AS steps, min(run_at) AS oldest FROM saga_steps WHERE status = 'pending' AND run_at <= now()) due,
         (SELECT count(*) AS steps, min(lease_expires_at) FILTER (WHERE lease_expires_at < now()) AS oldest FROM saga_steps WHERE status = 'running') left_alone,
         (SELECT max(finished_at) AS at FROM sagas) ended`,
});

const OLDEST_STEPS = 100;

/** Of an open step: since its first attempt, against the time-out of one. A step that is tried again counts on. */
function overdueSteps(sagas: readonly Saga[], stepTimeoutMs: number): Check {
  const own = sagas.flatMap(({ name, version, steps }) =>
    steps.flatMap(({ name: step, timeoutMs }) =>
      timeoutMs === undefined ? [] : [sql`(${name}, ${version}::int, ${step}, ${timeoutMs}::float8)`],
    ),
  );
  const timeout =
    own.length === 0
      ? sql`${stepTimeoutMs}::float8`
      : sql`coalesce((SELECT ms FROM (VALUES ${join(own)}) AS own(saga, version, step, ms)
          WHERE own.saga = run.name AND own.version = run.definition_version AND own.step = open.step), ${stepTimeoutMs}::float8)`;
  const begun = (status: "pending" | "running") => sql`
    (SELECT saga_id, step, kind, started_at FROM saga_steps WHERE status = ${raw(`'${status}'`)} AND started_at IS NOT NULL ORDER BY started_at LIMIT ${OLDEST_STEPS})`;
  return defineCheck({
    name: "saga-step-overdue",
    title: "A saga's step is past its time-out",
    owner: PLATFORM,
    unit: "seconds",
    part: "Saga jobs",
    effect: "Those whose runs stand there.",
    next: "See what the step calls and bring that back; it is tried again by itself.",
    path: "/sagas?status=running",
    threshold: 0,
    follows: ["no-worker", "saga-jobs"],
    look: overdueStepsLook,
    readings: sql`
      SELECT '', coalesce(max(late), 0)::float8, (array_agg(words ORDER BY late DESC) FILTER (WHERE late > 0))[1]
      FROM (SELECT extract(epoch FROM now() - open.started_at)::float8 - ${timeout} / 1000 AS late,
                   format('%s of %s for %s s, its time-out is %s s', CASE open.kind WHEN 'action' THEN open.step ELSE 'undoing ' || open.step END,
                          run.saga_id, round(extract(epoch FROM now() - open.started_at)), ${timeout} / 1000) AS words
            FROM (${begun("pending")} UNION ALL ${begun("running")}) open JOIN sagas run USING (saga_id)) steps`,
  });
}

const deadLetters = defineCheck({
  name: "dead-letters",
  title: "Events are parked",
  owner: PLATFORM,
  unit: "count",
  part: "Subscriptions",
  effect: "What each is about, for that one consumer: it waits, all others go on.",
  next: "Fix the cause, retry one, then the rest at a pace.",
  path: "/dead-letters",
  threshold: 0,
  look: deadLettersLook,
  readings: sql`
    SELECT consumer, count(*)::float8, 'the oldest since ' || ${timeInText(sql`min(first_failed_at)`)}
    FROM dead_letters WHERE status = 'parked' GROUP BY consumer`,
});

const readModels = defineCheck({
  name: "read-model-faults",
  title: "Rows of a read model are not as their events have them",
  owner: PLATFORM,
  unit: "count",
  part: "Subscriptions",
  effect: "Everyone who reads these rows: what they show did not happen. No money depends on it.",
  next: "Find who wrote them, then rebuild the projection, or one stream of it.",
  path: "/projections",
  threshold: 0,
  look: readModelFaultsLook,
  readings: sql`
    SELECT projection, count(*)::float8, (array_agg(stream_id || ': ' || detail ORDER BY found_at, key))[1] FROM read_model_faults GROUP BY projection
    UNION ALL SELECT '', 0, 'last looked at ' || ${timeInText(sql`max(begun_at)`)} FROM read_model_checks`,
});

/** Alerts of projections are older than checks: they keep their table, and are shown beside the others. */
export const PROJECTION_LAG = "projection-lag";
export const aboutProjectionLag: AboutCheck = {
  title: "A projection is late",
  owner: PLATFORM,
  unit: "seconds",
  part: "Subscriptions",
  effect: "Everyone who reads it: pages do not move on, figures are out of date. No money depends on it.",
  next: "Resume it if it is paused; all of them late: see the worker and Postgres.",
  path: "/projections",
  follows: ["no-worker", "outbox-age"],
  explains: [],
};

/** @param sagas for the time-outs of their steps */
export function kernelChecks(sagas: readonly Saga[], stepTimeoutMs: number): readonly Check[] {
  return [
    ...postgresChecks,
    worker,
    outboxAge,
    outboxSetAside,
    consumerLag,
    sagaJobs,
    overdueSteps(sagas, stepTimeoutMs),
    haltedRuns,
    deadLetters,
    readModels,
  ];
}
