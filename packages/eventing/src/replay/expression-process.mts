/**
 * The process in which a person's expression is evaluated: its parent ends it when it takes too long. It is an ES module by
 * its extension, since a bundler may put the file in a folder of CommonJS.
 */
import { default as jsonata } from "jsonata";
import type { Evaluation, StatesAfter } from "./expression.ts";

/** JSONata throws plain objects. */
function problemOf(error: unknown): string {
  const { message, position } = error as { message?: string; position?: number };
  return `${message ?? String(error)}${position === undefined ? "" : ` (at character ${position})`}`;
}

async function evaluate({ text, steps }: StatesAfter): Promise<Evaluation> {
  let after = "";
  try {
    const expression = jsonata(text);
    for (const [index, { state, event }] of steps.entries()) {
      after = `after ${event.eventId}, `;
      if (await expression.evaluate(state, { event })) return { index };
    }
    return {};
  } catch (error) {
    return { problem: `${after}${problemOf(error)}` };
  }
}

process.on("message", (batch: StatesAfter) => {
  void evaluate(batch).then((answer) => process.send?.(answer));
});
process.send?.({});
