/** What went wrong, in a form that pages can show: the stable reason, the message, and which fields it is about. */
import { readFailure } from "@tillstream/trpc/commands";
import type { Failure } from "@tillstream/trpc/commands";

export function failureOf(error: unknown): Failure {
  return readFailure(error, "The shop could not be reached. Check your connection and try again.");
}
