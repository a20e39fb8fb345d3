import { expect, test } from "vitest";
import { assertOwnSessions, SharedSessionsError } from "./own-sessions.ts";

const refusing = (message: string) => ({ query: () => Promise.reject(new Error(message)) });

test("a pooler that refuses the bounds of a session is told from other faults, and what to do is said", async () => {
  const refused = assertOwnSessions(refusing("unsupported startup parameter: lock_timeout"), "lock_timeout", 1);
  await expect(refused).rejects.toThrow(SharedSessionsError);
  await expect(refused).rejects.toThrow("give it the address of Postgres itself");
  await expect(assertOwnSessions(refusing("connect ECONNREFUSED"), "lock_timeout", 1)).rejects.toThrow("ECONNREFUSED");
});
