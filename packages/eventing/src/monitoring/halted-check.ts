/** Runs that wait for a person: nothing of them moves, forwards or back, until somebody decides. */
import { sql } from "@tillstream/runtime";
import { groupHaltedRuns, HALTED } from "../saga/halted.ts";
import type { HaltedGroup } from "../saga/halted.ts";
import { defineCheck, PLATFORM } from "./check.ts";
import type { Check } from "./check.ts";
import type { Look, Remedy } from "./look.ts";
import { timeInText } from "./time-in-text.ts";

const HITS_MAX = 10_000;
/** As many as one retry takes. */
const RUNS_MAX = 1_000;
const PER_SECOND = 10;
/** What a run that halts like others waits for. */
const STEP = sql`CASE step.kind WHEN 'compensation' THEN 'undoing ' || step.step ELSE step.step END`;

/** The kind of which there are most: the others are on the page. */
function retryOf({ name, step, kind, code }: HaltedGroup): Remedy {
  return {
    procedure: "sagas.retryHalted",
    input: { name, step, kind, code, limit: RUNS_MAX, perSecond: PER_SECOND },
    label: `Retry them at ${step}`,
    command: null,
    async dryRun(db) {
      const now = (await groupHaltedRuns(db)).find(
        (one) => one.name === name && one.step === step && one.kind === kind && one.code === code,
      );
      if (now === undefined) return undefined;
      const runs = Math.min(now.runs, RUNS_MAX);
      const what = kind === "compensation" ? `undo ${step}` : `try ${step}`;
      return `would ${what} again for ${runs === 1 ? "1 run" : `${runs} runs, ${PER_SECOND} a second`}`;
    },
  };
}

const look: Look = {
  hits: ({ subject }) => sql`SELECT sagas.subject FROM ${HALTED} AND sagas.name = ${subject} LIMIT ${HITS_MAX}`,
  evidence: ({ subject }) => sql`
    SELECT CASE WHEN row_number() OVER (ORDER BY runs DESC) > 1 THEN NULL WHEN kind = 'compensation' THEN 'undo-failed' ELSE 'step-failed' END,
           format('%s halted %s: %s', CASE runs WHEN 1 THEN '1 run' ELSE runs || ' runs' END, at, message), '/sagas'
    FROM (SELECT step.kind, ${STEP} AS at, count(*) AS runs,
                 left(coalesce((array_agg(step.error ->> 'message' ORDER BY sagas.finished_at DESC))[1], 'no error was kept'), 200) AS message
          FROM ${HALTED} AND sagas.name = ${subject} GROUP BY 1, 2) halted
    ORDER BY runs DESC LIMIT 5`,
  async remedy({ subject }, db) {
    const groups = (await groupHaltedRuns(db)).filter(({ name }) => name === subject);
    const [most] = groups.toSorted((one, other) => other.runs - one.runs);
    return most && retryOf(most);
  },
};

export const haltedRuns: Check = defineCheck({
  name: "saga-halted",
  title: "Runs have halted and wait for a person",
  owner: PLATFORM,
  unit: "count",
  part: "Saga jobs",
  effect: "Those whose runs they are: what was begun for them is neither finished nor undone.",
  next: "Read at which step and why, and bring back what it calls; then retry one, and the rest at a pace.",
  path: "/sagas",
  threshold: 0,
  look,
  readings: sql`
    SELECT sagas.name, count(*)::float8, 'the oldest since ' || ${timeInText(sql`min(sagas.finished_at)`)}
    FROM sagas WHERE status IN ('failed', 'compensation_failed') GROUP BY sagas.name`,
});
