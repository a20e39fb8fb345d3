/**
 * Expressions over state, in JSONata (jsonata.org): `balance < 0`, `$count(holds) > 2`. Given the state, and `$event` for
 * the event that led to it.
 */
import { default as jsonata } from "jsonata";
import { refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import type { ReplayStep } from "./replay.ts";

const EXPRESSION_LENGTH_MAX = 1_000;

export type StatePredicate = (step: ReplayStep) => Promise<boolean>;

/** Compiles an expression; refuses one that does not parse, saying where. */
export function compileExpression(text: string): StatePredicate | Refusal {
  if (text.length > EXPRESSION_LENGTH_MAX)
    return notUnderstood(`an expression has at most ${EXPRESSION_LENGTH_MAX} characters`);
  try {
    const expression = jsonata(text);
    return async ({ state, event }) => Boolean(await expression.evaluate(state, { event }));
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number };
    return notUnderstood(`${message ?? String(error)}${position === undefined ? "" : ` (at character ${position})`}`);
  }
}

function notUnderstood(problem: string): Refusal {
  const message = `The expression is not understood: ${problem}. Example: balance < 0`;
  return refuse("invalid", "EXPRESSION_INVALID", message, {
    fields: [{ field: "where", rule: "a JSONata expression", message }],
  });
}

/** The first step after which the expression holds; undefined when it never does. */
export async function firstStepWhere(
  steps: AsyncIterable<ReplayStep>,
  holds: StatePredicate,
): Promise<ReplayStep | undefined> {
  for await (const step of steps) if (await holds(step)) return step;
  return undefined;
}
