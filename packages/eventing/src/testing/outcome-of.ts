import { Refusal } from "../event/refusal.ts";

/** What came of a command: its answer, or the refusal that it ended with, as a value to look at. */
export async function outcomeOf<Answer>(command: Promise<Answer>): Promise<Answer | Refusal> {
  try {
    return await command;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
