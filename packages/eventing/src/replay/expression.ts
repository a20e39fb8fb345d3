/**
 * Expressions over state, in JSONata (jsonata.org): `balance < 0`, `$count(holds) > 2`. Given the state, and `$event` for
 * the event that led to it. They come from people and may cost anything, so they run in a process of their own under a
 * bound of time and memory. A thread would not do: one that runs out of memory can take its whole process with it.
 */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Scheduler } from "@tillstream/runtime";
import { refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import type { ReplayStep } from "./replay.ts";

const EXPRESSION_LENGTH_MAX = 1_000;
const BATCH_STEPS = 100;
/** For one batch. */
const BATCH_MS_MAX = 500;
/** For all batches of one question, with reading the stream. */
const QUESTION_MS_MAX = 20_000;
const START_MS_MAX = 10_000;
const HEAP_MB_MAX = 64;
/** Of this process, for all who ask. */
const QUESTIONS_AT_ONCE = 2;

const BUSY = refuse("limited", "EXPRESSIONS_BUSY", "Other expressions are being evaluated. Try again in a moment.", {
  retryAfterSeconds: 1,
});
const OUT_OF_MEMORY: Evaluation = { problem: "it takes too much memory to evaluate" };
const LATE = "it takes too long to evaluate";
const TOO_LONG: Evaluation = { problem: LATE };

/** What the process of an expression is sent. */
export interface StatesAfter {
  readonly text: string;
  readonly steps: readonly Pick<ReplayStep, "state" | "event">[];
}

/** What it answers: the first of the steps after which the expression holds, if any, or why it cannot be evaluated. */
export interface Evaluation {
  readonly index?: number;
  readonly problem?: string;
}

let questions = 0;

/** The first step after which the expression is true; undefined when it never is, refused where it has no value. */
export async function firstStepWhere(
  steps: AsyncIterable<ReplayStep>,
  text: string,
  scheduler: Scheduler,
): Promise<ReplayStep | undefined> {
  if (text.length > EXPRESSION_LENGTH_MAX)
    throw notUnderstood(`an expression has at most ${EXPRESSION_LENGTH_MAX} characters`);
  if (questions >= QUESTIONS_AT_ONCE) throw BUSY;
  questions += 1;
  const evaluator = fork(new URL("./expression-process.mts", import.meta.url), {
    execArgv: [`--max-old-space-size=${HEAP_MB_MAX}`],
    env: { NODE_ENV: "production" }, // none of the settings
    stdio: "ignore",
  });
  const over = new AbortController();
  const late = scheduler.sleep(QUESTION_MS_MAX, over.signal).then(() => Promise.reject(notUnderstood(LATE)));
  try {
    return await Promise.race([search(evaluator, steps, text, scheduler), late]);
  } finally {
    over.abort();
    evaluator.kill("SIGKILL");
    questions -= 1;
  }
}

async function search(
  evaluator: ChildProcess,
  steps: AsyncIterable<ReplayStep>,
  text: string,
  scheduler: Scheduler,
): Promise<ReplayStep | undefined> {
  const start = await nextAnswer(evaluator, START_MS_MAX, scheduler);
  if (start.problem !== undefined) throw new Error("the process that evaluates expressions does not start");
  for await (const batch of batchesOf(steps)) {
    evaluator.send({ text, steps: batch } satisfies StatesAfter, () => undefined); // if it has ended, that is heard below
    const answer = await nextAnswer(evaluator, BATCH_MS_MAX, scheduler);
    if (answer.problem !== undefined) throw notUnderstood(answer.problem);
    if (answer.index !== undefined) return batch[answer.index];
  }
  return undefined;
}

async function nextAnswer(evaluator: ChildProcess, msMax: number, scheduler: Scheduler): Promise<Evaluation> {
  const heard = new AbortController();
  const { signal } = heard;
  try {
    return await Promise.race([
      once(evaluator, "message", { signal }).then(([answer]) => answer as Evaluation), // it sends nothing else
      once(evaluator, "exit", { signal }).then(() => OUT_OF_MEMORY),
      scheduler.sleep(msMax, signal).then(() => TOO_LONG),
    ]);
  } finally {
    heard.abort();
  }
}

async function* batchesOf(steps: AsyncIterable<ReplayStep>): AsyncGenerator<readonly ReplayStep[]> {
  let batch: ReplayStep[] = [];
  for await (const step of steps) {
    batch.push(step);
    if (batch.length < BATCH_STEPS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function notUnderstood(problem: string): Refusal {
  const message = `The expression is not understood: ${problem}. Example: balance < 0`;
  return refuse("invalid", "EXPRESSION_INVALID", message, {
    fields: [{ field: "where", rule: "a JSONata expression", message }],
  });
}
