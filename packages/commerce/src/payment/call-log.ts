/**
 * Each call to the gateway about the money of an order, with its answer: what the flow of the order shows beside its steps. Kept in
 * the process for a moment and written together; a process that dies takes those of its last seconds with it, and no money.
 */
import { monotonicMs, sql, systemClock, withoutPersons } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { PaymentProtocolError } from "./gateway.ts";
import type { ChargeOutcome, ChargeProcessing, PaymentGateway, RefundOutcome } from "./gateway.ts";

/** While Postgres is away they wait in the process, and of more the oldest are given up. */
const WAITING_MAX = 10_000;
const ANSWER_LENGTH_MAX = 200;
const KEPT_DAYS = 30;
const PRUNED_MAX = 10_000;

type Asked = "charge" | "refund" | "look-up";

interface Call {
  readonly at: Date;
  readonly tookMs: number;
  /** The key that it went out with: of the step, or of the consumer and its event. */
  readonly cause: string;
  readonly asked: Asked;
  readonly outcome: string;
  readonly answer: string;
}

export interface CallLog {
  /** The gateway, with each call about a charge or a refund noted. */
  readonly gateway: PaymentGateway;
  /** Writes down what was noted; what could not be written stays noted. */
  write(db: SqlExecutor): Promise<void>;
}

type Outcome = ChargeOutcome | ChargeProcessing | RefundOutcome | undefined;

export function logGatewayCalls(gateway: PaymentGateway): CallLog {
  let waiting: Call[] = [];
  async function noted<Answer extends Outcome>(
    asked: Asked,
    key: string,
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const [at, begunMs] = [systemClock.now(), monotonicMs()];
    const note = (outcome: string, answer: string) => {
      const tookMs = Math.round(monotonicMs() - begunMs);
      // As JSON and text of Postgres take it: no half of a pair where it was cut, no NUL.
      const said = withoutPersons(answer).replaceAll("\0", "").slice(0, ANSWER_LENGTH_MAX).toWellFormed();
      waiting.push({ at, tookMs, cause: causeOf(key), asked, outcome, answer: said });
      if (waiting.length > WAITING_MAX) waiting.shift();
    };
    const answer = await call().catch((error: unknown) => {
      const outcome = error instanceof PaymentProtocolError ? "not understood" : "no answer";
      note(outcome, error instanceof Error ? error.message : String(error));
      throw error;
    });
    note(answer?.kind ?? "none known", answer === undefined ? "" : wordsOf(answer));
    return answer;
  }
  return {
    gateway: {
      ...gateway,
      charge: (input, signal) => noted("charge", input.idempotencyKey, () => gateway.charge(input, signal)),
      refund: (input, signal) => noted("refund", input.idempotencyKey, () => gateway.refund(input, signal)),
      findCharge: (input, signal) => noted("look-up", input.idempotencyKey, () => gateway.findCharge(input, signal)),
    },
    async write(db) {
      const calls = new Set(waiting);
      if (calls.size === 0) return;
      await insertCalls(db, [...calls]);
      waiting = waiting.filter((call) => !calls.has(call));
    },
  };
}

/** What the rest of a charge is refunded under belongs to the same step. */
const causeOf = (key: string): string => key.replace(/:rest-\d+$/, "");

function wordsOf(answer: NonNullable<Outcome>): string {
  switch (answer.kind) {
    case "captured":
      return answer.chargeId;
    case "refunded":
      return answer.refundId;
    case "declined":
    case "refused":
      return `${answer.code}: ${answer.message}`;
    case "processing":
      return "";
  }
}

async function insertCalls(db: SqlExecutor, calls: readonly Call[]): Promise<void> {
  await db.query(sql`
    INSERT INTO payment_calls (at, took_ms, cause, asked, outcome, answer)
    SELECT at, "tookMs", cause, asked, outcome, answer
    FROM jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) AS call(at timestamptz, "tookMs" int, cause text, asked text, outcome text, answer text)`);
}

export interface LoggedCall extends Call {
  readonly id: string;
  /** From 1, of all that asked the same for the same cause. */
  readonly attempt: number;
}

/** Those about these orders: what their steps and consumers asked, and what the reconciliation gave back; the oldest first. */
export function loggedCalls(
  db: SqlExecutor,
  {
    causes,
    orderIds,
    limit,
  }: { readonly causes: readonly string[]; readonly orderIds: readonly string[]; readonly limit: number },
): Promise<LoggedCall[]> {
  return db.query<LoggedCall>(sql`
    SELECT id::text, at, took_ms AS "tookMs", cause, asked, outcome, answer,
           (row_number() OVER (PARTITION BY cause, asked ORDER BY at, id))::int AS attempt
    FROM payment_calls
    WHERE cause = ANY(${causes}::text[] || ARRAY(SELECT 'reconcile:' || charge_id FROM gateway_captures WHERE order_id = ANY(${orderIds}::text[])))
    ORDER BY at, id LIMIT ${limit}`);
}

export async function pruneLoggedCalls(db: SqlExecutor): Promise<number> {
  const gone = await db.query(sql`
    DELETE FROM payment_calls WHERE id IN (
      SELECT id FROM payment_calls WHERE at < now() - ${KEPT_DAYS} * interval '1 day' ORDER BY at LIMIT ${PRUNED_MAX}) RETURNING 1`);
  return gone.length;
}
