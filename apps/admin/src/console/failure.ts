/** What a failed query or command has to say to a person. */
import { readFailure } from "@tillstream/trpc/commands";
import type { Failure } from "@tillstream/trpc/commands";

export function failureOf(error: unknown): Failure {
  return readFailure(
    error,
    "The console's server did not answer. Check that it is running and that you are connected.",
  );
}
