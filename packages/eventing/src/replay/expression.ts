/**
 * Expressions over state, in JSONata (jsonata.org): `balance < 0`, `$count(holds) > 2`. Given the state, and `$event` for
 * the event that led to it.
 */
import { default as jsonata } from "jsonata";
import { isRefusal, refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import type { ReplayStep } from "./replay.ts";

const EXPRESSION_LENGTH_MAX = 1_000;

/** Parts of an expression evaluated for one state: an expression that calls itself forever ends here. */
const EVALUATIONS_MAX = 100_000;
/** JSONata looks it up before it evaluates any part of an expression. */
const BEFORE_EACH_PART = Symbol.for("jsonata.__evaluate_entry");

/** Whether it is true after a step; a refusal when it cannot be evaluated there. */
export type StatePredicate = (step: ReplayStep) => Promise<boolean | Refusal>;

/** Compiles an expression; refuses one that does not parse, saying where. */
export function compileExpression(text: string): StatePredicate | Refusal {
  if (text.length > EXPRESSION_LENGTH_MAX)
    return notUnderstood(`an expression has at most ${EXPRESSION_LENGTH_MAX} characters`);
  try {
    const expression = jsonata(text);
    let evaluations = 0;
    const count = () => {
      if ((evaluations += 1) > EVALUATIONS_MAX) throw new Error(`it takes more than ${EVALUATIONS_MAX} evaluations`);
    };
    expression.assign(BEFORE_EACH_PART as unknown as string, count); // its types know names only, not this symbol
    return async ({ state, event }) => {
      evaluations = 0;
      try {
        return Boolean(await expression.evaluate(state, { event }));
      } catch (error) {
        return notUnderstood(`after ${event.eventId}, ${problemOf(error)}`);
      }
    };
  } catch (error) {
    return notUnderstood(problemOf(error));
  }
}

/** JSONata throws plain objects. */
function problemOf(error: unknown): string {
  const { message, position } = error as { message?: string; position?: number };
  return `${message ?? String(error)}${position === undefined ? "" : ` (at character ${position})`}`;
}

function notUnderstood(problem: string): Refusal {
  const message = `The expression is not understood: ${problem}. Example: balance < 0`;
  return refuse("invalid", "EXPRESSION_INVALID", message, {
    fields: [{ field: "where", rule: "a JSONata expression", message }],
  });
}

/** The first step after which the expression holds; undefined when it never does, a refusal where it has no value. */
export async function firstStepWhere(
  steps: AsyncIterable<ReplayStep>,
  holds: StatePredicate,
): Promise<ReplayStep | Refusal | undefined> {
  for await (const step of steps) {
    const outcome = await holds(step);
    if (isRefusal(outcome)) return outcome;
    if (outcome) return step;
  }
  return undefined;
}
