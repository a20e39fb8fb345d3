/** The `Idempotency-Key` header: well-formed where it is sent, and which commands need one. */
import { refuse } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";

const KEY_LENGTH_MAX = 255;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** The key of a command that needs one. */
export function requiredKey(key: string | null): string {
  if (key === null || key === "") throw keyProblem("required", "This command needs the header Idempotency-Key.");
  return wellFormedKey(key);
}

export function wellFormedKey(key: string): string {
  if (key.length > KEY_LENGTH_MAX)
    throw keyProblem(
      `length <= ${KEY_LENGTH_MAX}`,
      `The header Idempotency-Key has at most ${KEY_LENGTH_MAX} characters.`,
    );
  if (!PRINTABLE.test(key))
    throw keyProblem("printable ASCII", "The header Idempotency-Key may contain printable characters only.");
  return key;
}

function keyProblem(rule: string, message: string): Refusal {
  return refuse("invalid", "IDEMPOTENCY_KEY_INVALID", message, {
    fields: [{ field: "Idempotency-Key", rule, message }],
  });
}
