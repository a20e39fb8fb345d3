/** What the kernel's checks know when somebody looks into their alerts. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { dryRunOfRetry } from "../dead-letters/dry-run.ts";
import { OPEN } from "../dead-letters/block.ts";
import type { Look, LookedInto, Remedy } from "./look.ts";
import { LAGS } from "./lag.ts";
import type { SubscriptionKind } from "./lag.ts";
import { timeInText } from "./time-in-text.ts";
import { DRAINED_LAST, workerState } from "../workers/workers.ts";

/** So many are counted; more are "at least". */
const HITS_MAX = 10_000;
const SAID = 200;
const UNDER_WAY = sql`status IN ('running', 'compensating')`;

const runsUnderWay = sql`SELECT subject FROM sagas WHERE ${UNDER_WAY}`;
const unpublishedStreams = sql`
  (SELECT aggregate_id FROM outbox_events WHERE NOT published ORDER BY id LIMIT ${HITS_MAX})`;

/** "1 event waits", "2 events wait". */
const counted = (count: Sql, one: string, many: string): Sql =>
  sql`CASE WHEN ${count} = 1 THEN ${`1 ${one}`}::text ELSE ${count} || ${` ${many}`}::text END`;

const lease = sql`
  SELECT NULL, CASE WHEN expires_at > now() THEN format('%s holds the relay''s lease (epoch %s)', owner, epoch)
                     ELSE format('nobody holds the relay''s lease: that of %s ran out at %s', owner, ${timeInText(sql`expires_at`)}) END, '/outbox'
  FROM relay_leases`;
const backlog = sql`
  SELECT NULL, ${counted(sql`count(*)`, "event waits to be published", "events wait to be published")}, '/outbox' FROM outbox_events WHERE NOT published HAVING count(*) > 0`;
const openSteps = sql`
  SELECT NULL, format('%s at %s%s', ${counted(sql`count(*)`, "run stands", "runs stand")}, step,
                       coalesce(', last error: ' || left((array_agg(error->>'message' ORDER BY started_at DESC NULLS LAST) FILTER (WHERE error IS NOT NULL))[1], ${SAID}), '')),
         '/sagas?status=running'
  FROM (SELECT step, error, started_at FROM saga_steps WHERE status IN ('pending', 'running') LIMIT ${HITS_MAX}) open
  GROUP BY step ORDER BY count(*) DESC LIMIT 5`;

/** Where the runs under way stand: the step that most of them wait for first. */
export const whereRunsStand: Sql = openSteps;

const all = (...parts: readonly Sql[]): Sql => parts.reduce((one, other) => sql`(${one}) UNION ALL (${other})`);

export const noWorkerLook: Look = {
  hits: () => sql`${runsUnderWay} UNION ALL ${unpublishedStreams}`,
  evidence: () =>
    all(
      sql`
        SELECT CASE WHEN EXISTS (SELECT FROM relay_leases WHERE expires_at > now()) THEN 'worker-starting' WHEN drained.worker IS NOT NULL THEN 'worker-drained' ELSE 'worker-silent' END,
               CASE WHEN EXISTS (SELECT FROM relay_leases WHERE expires_at > now()) THEN 'A worker has just begun: this is over within seconds.'
                          WHEN drained.worker IS NOT NULL THEN format('%s drained %s at %s, and no other worker is running: nothing is delivered until it is resumed. The reason: %s', by, worker, ${timeInText(sql`since`)}, reason)
                          ELSE 'The worker has stopped or is frozen: none of its parts gives a sign of life.' END, '/workers'
        FROM (VALUES (1)) one LEFT JOIN (${DRAINED_LAST}) drained ON true`,
      lease,
      backlog,
      openSteps,
    ),
  async remedy(_, db) {
    const [drained] = await db.query<{ worker: string }>(DRAINED_LAST);
    return drained && resumeDrained(drained.worker);
  },
};

const resumeDrained = (worker: string): Remedy => ({
  procedure: "workers.resume",
  input: { worker },
  label: "Resume the worker",
  command: `workers resume ${worker}`,
  async dryRun(db) {
    const state = await workerState(db, worker);
    return state?.state === "drained" ? `would let ${worker} take work again` : undefined;
  },
});

export const outboxAgeLook: Look = {
  hits: () => unpublishedStreams,
  evidence: () =>
    all(
      sql`
        SELECT CASE WHEN lease.expires_at > now() THEN 'relay-stuck' ELSE 'relay-absent' END,
               CASE WHEN lease.expires_at > now() THEN 'The relay has its lease and publishes nothing: what it writes to does not take it, or it waits for a lock.'
                          ELSE 'Nobody relays: no process holds the lease.' END, '/outbox'
        FROM (VALUES (1)) one LEFT JOIN relay_leases lease ON true`,
      lease,
      backlog,
    ),
};

export const outboxSetAsideLook: Look = {
  hits: () => sql`
    SELECT aggregate_id FROM outbox_events WHERE NOT published AND next_attempt_at IS NOT NULL LIMIT ${HITS_MAX}`,
  evidence: () => sql`
    SELECT 'publishing-refused', format('Publishing %s is refused: %s', event_type, left(last_error, ${SAID})), '/outbox'
    FROM outbox_events WHERE NOT published AND next_attempt_at IS NOT NULL ORDER BY next_attempt_at DESC LIMIT 1`,
};

export const sagaJobsLook: Look = {
  hits: () => runsUnderWay,
  evidence: () =>
    all(
      sql`SELECT 'jobs-not-taken', 'Steps lie in the queue and no process takes them: the jobs of the worker do not run.', '/sagas?status=running'`,
      openSteps,
    ),
};

export const overdueStepsLook: Look = {
  hits: () => sql`
    SELECT run.subject FROM saga_steps open JOIN sagas run USING (saga_id)
    WHERE open.status IN ('pending', 'running') AND open.started_at IS NOT NULL ORDER BY open.started_at LIMIT ${HITS_MAX}`,
  evidence: () => openSteps,
};

export const deadLettersLook: Look = {
  hits: ({ subject }) => sql`
    SELECT stream_id FROM dead_letters WHERE consumer = ${subject} AND ${OPEN} LIMIT ${HITS_MAX}`,
  evidence: ({ subject }) => all(failures(subject), behindThem(subject)),
  remedy: ({ subject }) => ({
    procedure: "deadLetters.retry",
    input: { consumer: subject, perSecond: 10, stopOnFailure: true },
    label: "Retry them",
    command: `dead-letters retry all --consumer ${subject} --stop-on-failure`,
    dryRun: (db, catalogue) => dryRunOfRetry(db, catalogue, subject),
  }),
};

const failures = (consumer: string): Sql => sql`
  SELECT CASE WHEN row_number() OVER (ORDER BY count(*) DESC) = 1 THEN 'delivery-fails' END,
         format('Delivery to %s fails at %s: %s (%s since %s)', consumer, (array_agg(event_type ORDER BY id))[1], left(split_part((array_agg(error ORDER BY id DESC))[1], E'\n', 1), ${SAID}),
                count(*), ${timeInText(sql`min(first_failed_at)`)}),
         '/dead-letters?view=letters&status=parked&consumer=' || consumer
  FROM dead_letters WHERE consumer = ${consumer} AND status IN ('parked', 'retrying') GROUP BY consumer, fingerprint ORDER BY count(*) DESC LIMIT 3`;

const behindThem = (consumer: string): Sql => sql`
  SELECT NULL, ${counted(sql`count(*)`, "later event waits behind them", "later events wait behind them")}, NULL FROM dead_letters WHERE consumer = ${consumer} AND status = 'waiting' HAVING count(*) > 0`;

export const readModelFaultsLook: Look = {
  hits: ({ subject }) => sql`SELECT stream_id FROM read_model_faults WHERE projection = ${subject} LIMIT ${HITS_MAX}`,
  evidence: ({ subject }) =>
    all(
      sql`
        SELECT 'rows-differ', format('%s of %s %s not what the events say: written by hand, or by code that has changed without a rebuild.',
                            ${counted(sql`count(*)`, "row", "rows")}, projection, CASE count(*) WHEN 1 THEN 'is' ELSE 'are' END),
               '/projections/' || projection
        FROM read_model_faults WHERE projection = ${subject} GROUP BY projection`,
      sql`
        SELECT NULL, format('%s since %s: %s', stream_id, ${timeInText(sql`found_at`)}, detail), '/streams/' || stream_id
        FROM read_model_faults WHERE projection = ${subject} ORDER BY found_at, key LIMIT 5`,
    ),
  remedy: ({ subject }) => ({
    procedure: "projections.rebuild",
    input: { name: subject },
    label: `Rebuild ${subject}`,
    command: null,
    async dryRun(db) {
      const [known] = await db.query<{ events: number; rows: number }>(sql`
        SELECT (SELECT position::float8 FROM projection_checkpoints WHERE projection = ${subject}) AS events,
               (SELECT count(*)::int FROM read_model_faults WHERE projection = ${subject}) AS rows`);
      if (known === undefined || known.rows === 0) return undefined;
      return `would read ${known.events} events beside the live rows, which serve meanwhile, and then put right what differs`;
    },
  }),
};

export const consumerLagLook: Look = lagLook("consumer");
export const projectionLagLook: Look = lagLook("projection");

function lagLook(kind: SubscriptionKind): Look {
  const page = kind === "projection" ? sql`'/projections/' || lag.name` : sql`'/consumers'`;
  const of = ({ subject }: LookedInto) => sql`(${LAGS[kind]}) lag WHERE lag.name = ${subject}`;
  return {
    hits: ({ subject }) => sql`
      SELECT stream_id FROM (SELECT min(position) AS position FROM ${CHECKPOINTS[kind]} WHERE name = ${subject}) read
      JOIN LATERAL (SELECT stream_id FROM event_log WHERE event_log.position > read.position ORDER BY position LIMIT ${HITS_MAX}) unread ON true
      UNION ALL ${unpublishedStreams}`,
    evidence: (alert) =>
      all(
        sql`
          SELECT CASE WHEN lag.status <> 'running' THEN lag.status WHEN lag."heartbeatAgeSeconds" > ${SILENT_SECONDS} THEN 'not-run'
                      WHEN lag."eventsBehind" = 0 THEN 'caught-up' ELSE 'slow' END,
                 CASE WHEN lag.status = 'paused' THEN format('It is paused, and %s.', ${counted(sql`lag."eventsBehind"`, "event waits", "events wait")})
                            WHEN lag.status <> 'running' THEN format('It is %s.', lag.status)
                            WHEN lag."heartbeatAgeSeconds" > ${SILENT_SECONDS} THEN format('Nobody runs it: the last sign of life is %s s old.', round(lag."heartbeatAgeSeconds"))
                            WHEN lag."eventsBehind" = 0 THEN 'It has caught up: this is over within seconds.'
                            ELSE format('It runs and is %s events behind: it is slow, or waits for a lock or for what it calls.', lag."eventsBehind") END, ${page}
          FROM ${of(alert)}`,
        failures(alert.subject),
      ),
    remedy: ({ subject }) => resume(kind, subject),
  };
}

/** No sign of life for so long: it does not run. */
const SILENT_SECONDS = 15;

const CHECKPOINTS = {
  projection: sql`(SELECT projection AS name, position FROM projection_checkpoints) checkpoint`,
  consumer: sql`(SELECT consumer AS name, position FROM consumer_checkpoints) checkpoint`,
} as const satisfies Record<SubscriptionKind, Sql>;

function resume(kind: SubscriptionKind, name: string): Remedy {
  return {
    procedure: `${kind}s.resume`,
    input: { name },
    label: `Resume ${name}`,
    command: kind === "projection" ? `projections resume ${name}` : null,
    async dryRun(db: SqlExecutor) {
      const [lag] = await db.query<{ status: string; behind: number }>(sql`
        SELECT status, "eventsBehind"::int AS behind FROM (${LAGS[kind]}) lag WHERE name = ${name}`);
      return lag?.status === "paused"
        ? `would read the ${lag.behind === 1 ? "event that waits" : `${lag.behind} events that wait, in order`}`
        : undefined;
    },
  };
}
