/** Changes from the terminal: each with its row of the audit, in the name of the login of this machine. */
import { userInfo } from "node:os";
import { Refusal, withAudit } from "@tillstream/eventing";
import type { AuditedWork } from "@tillstream/eventing";
import { uuidGenerator } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { UsageError } from "./moment.ts";

/** A container may run as a number that has no name. */
function login(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

/** The actor. */
export const PERSON = `terminal:${login()}`;

/** @param action the console's procedure that does the same */
export async function asPerson<Answer>(
  db: Database,
  action: string,
  subject: string,
  reason: string,
  work: AuditedWork<Answer>,
): Promise<Answer> {
  if (reason.trim() === "") throw new UsageError("--reason: enter a reason");
  const change = { actor: PERSON, action, subject, reason, correlationId: uuidGenerator.next() };
  try {
    return await db.transaction((tx) => withAudit(tx, change, work));
  } catch (error) {
    throw error instanceof Refusal ? new UsageError(error.message) : error;
  }
}
