/** What is watched of Postgres itself, as far as it can tell: while it is away nobody is told anything but by the pages. */
import { sql } from "@tillstream/runtime";
import { defineCheck, PLATFORM } from "./check.ts";
import type { Check } from "./check.ts";
import { timeInText } from "./time-in-text.ts";

/** For so long after it people are told: they may have been away when it happened, and what follows from it shows by then. */
const RESTARTED_SECONDS = 120;

const OUTLIVED = sql`started_at < pg_postmaster_start_time() AND heartbeat_at > pg_postmaster_start_time()`;
const upSince = timeInText(sql`pg_postmaster_start_time()`);

const connections = defineCheck({
  name: "postgres-connections",
  title: "Postgres is short of connections",
  owner: PLATFORM,
  unit: "share",
  part: "Postgres",
  effect: "Everybody, once there is none left: pages answer 503.",
  next: "Find who holds them in pg_stat_activity; lower LIMIT_CONNECTIONS or raise max_connections.",
  path: "/alerts",
  threshold: 0.9,
  look: {
    evidence: () => sql`
    SELECT CASE WHEN row_number() OVER () = 1 THEN 'connections-held' END, format('%s of them are held by %s', count(*), coalesce(nullif(application_name, ''), 'programs without a name')), NULL
    FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY application_name ORDER BY count(*) DESC LIMIT 5`,
  },
  readings: sql`
    SELECT '', used::float8 / max, format('%s of %s connections, up since %s', used, max, ${upSince})
    FROM (SELECT count(*) AS used, current_setting('max_connections')::int AS max FROM pg_stat_activity WHERE backend_type = 'client backend') connections`,
});

/** A worker that outlived it is how a restart is told from a system that was stopped and started. */
const restarted = defineCheck({
  name: "postgres-restarted",
  title: "Postgres was restarted",
  owner: PLATFORM,
  unit: "count",
  part: "Postgres",
  effect: "Those who asked for something at that moment: they were told to try again. What was confirmed is kept.",
  next: "Read in its log why it ended. Nothing else is to be done: all processes have found it again.",
  path: "/alerts",
  threshold: 0,
  forSeconds: 0,
  calmForSeconds: 0,
  explains: [
    "no-worker",
    "outbox-age",
    "outbox-set-aside",
    "consumer-lag",
    "projection-lag",
    "saga-jobs",
    "saga-step-overdue",
    "postgres-connections",
  ],
  look: {
    evidence: () => sql`
      (SELECT 'postgres-restarted', 'Postgres ended while the system was at work, and has been up again since ' || ${upSince} || '.', NULL)
      UNION ALL (SELECT NULL, format('%s outlived it', id), '/workers' FROM workers WHERE ${OUTLIVED} ORDER BY id LIMIT 5)`,
  },
  readings: sql`
    SELECT '', CASE WHEN pg_postmaster_start_time() > now() - ${RESTARTED_SECONDS} * interval '1 second' AND EXISTS (SELECT FROM workers WHERE ${OUTLIVED}) THEN 1 ELSE 0 END::float8,
           'up since ' || ${upSince}`,
});

export const postgresChecks: readonly Check[] = [connections, restarted];
