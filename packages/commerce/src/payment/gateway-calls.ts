/**
 * Counts what we ask the payment gateway and whether it answers, whatever it says: its error rate as we see it, by any provider.
 * Counts are gathered in the process and written every few seconds. A gateway that nobody asks is asked for a charge that there is not.
 */
import { defineCheck, whereRunsStand } from "@tillstream/eventing";
import type { Check } from "@tillstream/eventing";
import { sql, withoutPersons } from "@tillstream/runtime";
import type { Loop, SqlExecutor } from "@tillstream/runtime";
import { logGatewayCalls } from "./call-log.ts";
import type { CallLog } from "./call-log.ts";
import type { PaymentGateway } from "./gateway.ts";

const WRITE_MS = 2_000;
const SPAN_SECONDS = 10;
/** A gateway that was not asked for so long is asked. */
const QUIET_TURNS = 5;
const ANSWER_MS_MAX = 5_000;
/** No charge has it. */
const NO_CHARGE = "pi_none";
const WINDOW_SECONDS = 60;
/** Fewer say nothing about the error rate: a card that is tried again after a 503 is not an outage. */
const FAILURES_MIN = 3;
const KEPT_HOURS = 24;
const ERROR_LENGTH_MAX = 200;

interface Counts {
  readonly answered: number;
  readonly failed: number;
  readonly lastError: string | null;
}

export interface GatewayCalls {
  /** The gateway, with what it is asked counted and logged. */
  readonly gateway: PaymentGateway;
  readonly log: Pick<CallLog, "write">;
  /** What was counted since it was taken last. */
  take(): Counts;
}

const NONE: Counts = { answered: 0, failed: 0, lastError: null };

export function countGatewayCalls(asked: PaymentGateway): GatewayCalls {
  const log = logGatewayCalls(asked);
  const { gateway } = log;
  let counts = NONE;
  async function counted<Answer>(call: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await call;
      counts = { ...counts, answered: counts.answered + 1 };
      return answer;
    } catch (error) {
      const lastError = withoutPersons(error instanceof Error ? error.message : String(error)).slice(
        0,
        ERROR_LENGTH_MAX,
      );
      counts = { ...counts, failed: counts.failed + 1, lastError };
      throw error;
    }
  }
  return {
    gateway: {
      charge: (input, signal) => counted(gateway.charge(input, signal)),
      refund: (input, signal) => counted(gateway.refund(input, signal)),
      findCharge: (input, signal) => counted(gateway.findCharge(input, signal)),
      findCapture: (chargeId, signal) => counted(gateway.findCapture(chargeId, signal)),
      listCaptures: (query, signal) => counted(gateway.listCaptures(query, signal)),
    },
    log,
    take() {
      const taken = counts;
      counts = NONE;
      return taken;
    },
  };
}

/** Writes counts and calls down, and sees to it that there are some. */
export function gatewayWatch(calls: GatewayCalls): Loop {
  let quietTurns = QUIET_TURNS;
  return {
    name: "gateway watch",
    intervalMs: WRITE_MS,
    async turn({ db, signal }) {
      if (quietTurns >= QUIET_TURNS)
        await calls.gateway
          .findCapture(NO_CHARGE, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]))
          .catch(() => undefined);
      const counts = calls.take();
      const isQuiet = counts.answered + counts.failed === 0;
      quietTurns = isQuiet ? quietTurns + 1 : 1;
      // First: the alarm goes by them.
      if (!isQuiet) await writeCalls(db, counts);
      await calls.log.write(db);
    },
  };
}

export async function writeCalls(db: SqlExecutor, { answered, failed, lastError }: Counts): Promise<void> {
  await db.query(sql`
    INSERT INTO gateway_calls AS calls (at, answered, failed, last_error)
    VALUES (to_timestamp(floor(extract(epoch FROM now()) / ${SPAN_SECONDS}) * ${SPAN_SECONDS}), ${answered}::int, ${failed}::int, ${lastError})
    ON CONFLICT (at) DO UPDATE SET answered = calls.answered + excluded.answered, failed = calls.failed + excluded.failed,
      last_error = coalesce(excluded.last_error, calls.last_error)`);
}

export async function pruneCalls(db: SqlExecutor): Promise<number> {
  const gone = await db.query(sql`
    DELETE FROM gateway_calls WHERE at < now() - ${KEPT_HOURS} * interval '1 hour' RETURNING 1`);
  return gone.length;
}

/** A later attempt that learns of its charge within this after the gateway's own word had its answer. */
const ANSWERED_SECONDS = 2;
const CAPTURED: readonly string[] = ["charge.succeeded", "payment_intent.succeeded"];

/**
 * How many charges were captured whose runs went without an answer: the step ended not knowing, or had to ask again after the webhook
 * had come. One that was over at its first attempt was answered, however late a busy worker wrote that down.
 */
const lostAnswers = (since: Date) => sql`
  SELECT count(*) AS charges FROM payment_webhooks hook JOIN sagas run ON run.subject = hook.order_id
  JOIN saga_steps step ON step.saga_id = run.saga_id AND step.step = 'charge' AND step.kind = 'action'
  WHERE hook.type = ANY(${CAPTURED}::text[]) AND hook.received_at >= ${since}::timestamptz - ${WINDOW_SECONDS} * interval '1 second'
    AND (step.status = 'unknown' OR
      step.attempt > 1 AND coalesce(step.finished_at, now()) > hook.received_at + ${ANSWERED_SECONDS} * interval '1 second')`;

/** The share of calls that failed in the last minute. */
export const gatewayErrors: Check = defineCheck({
  name: "gateway-errors",
  title: "The payment gateway fails",
  owner: "payments",
  unit: "share",
  part: "Payment gateway",
  effect:
    "Every customer who pays by card: the order stays pending, is given up after some two and a half minutes, and cancelled once the gateway answers.",
  next: "Look at the provider's status page and bring the gateway back; charges are tried again by themselves. If it takes long, close the checkout.",
  path: "/sagas?status=running",
  threshold: 0.2,
  look: {
    // Those that were tried and wait, and those that were given up since.
    hits: ({ since }) => sql`
      SELECT run.subject FROM saga_steps open JOIN sagas run USING (saga_id) WHERE open.status IN ('pending', 'running') AND open.started_at IS NOT NULL
      UNION ALL SELECT subject FROM sagas WHERE finished_at >= ${since}::timestamptz AND failure ->> 'code' IN ('UNAVAILABLE', 'TIMED_OUT')`,
    evidence: ({ since }) => sql`
      (SELECT CASE WHEN lost.charges > 0 THEN 'gateway-answers-lost' ELSE 'gateway-fails' END,
              CASE WHEN lost.charges > 0 THEN format('The payment gateway takes the money and does not answer: it has told of %s captured charges that their runs had no answer to. Each is looked up before it is tried again, so that nobody pays twice.', lost.charges)
                   ELSE 'The payment gateway does not answer as it should: ' || last_error END, '/sagas?status=running'
       FROM gateway_calls, (${lostAnswers(since)}) lost WHERE last_error IS NOT NULL ORDER BY at DESC LIMIT 1)
      UNION ALL (SELECT NULL, format('since then %s of %s calls failed', sum(failed), sum(failed + answered)), NULL FROM gateway_calls
                 WHERE at >= ${since}::timestamptz - ${WINDOW_SECONDS} * interval '1 second' HAVING sum(failed) > 0)
      UNION ALL (${whereRunsStand})`,
  },
  explains: ["saga-step-overdue"],
  readings: sql`
    SELECT '', CASE WHEN failed IS NULL THEN NULL WHEN failed >= ${FAILURES_MIN} THEN failed::float8 / (failed + answered) ELSE 0 END,
           CASE WHEN failed IS NULL THEN 'nobody has asked it in the last minute' ELSE failed || ' of ' || failed + answered || ' calls failed in the last minute' || coalesce(': ' || error, '') END
    FROM (SELECT sum(failed) AS failed, sum(answered) AS answered, (array_agg(last_error ORDER BY at DESC) FILTER (WHERE last_error IS NOT NULL))[1] AS error
          FROM gateway_calls WHERE at > now() - ${WINDOW_SECONDS} * interval '1 second') calls`,
});
