import { expect, test } from "vitest";
import { assertOwnSessions, SharedSessionsError } from "./own-sessions.ts";

const answering = (setting: string) => ({ query: async () => [{ setting }] as never[] });
const refusing = (message: string) => ({ query: () => Promise.reject(new Error(message)) });

test("a pooler that refuses the bounds of a session is told from other faults, and what to do is said", async () => {
  const refused = assertOwnSessions(refusing("unsupported startup parameter: lock_timeout"), "lock_timeout");
  await expect(refused).rejects.toThrow(SharedSessionsError);
  await expect(refused).rejects.toThrow("give it the address of Postgres itself");
  await expect(assertOwnSessions(refusing("connect ECONNREFUSED"), "lock_timeout")).rejects.toThrow("ECONNREFUSED");
});

test("a pooler that takes the bounds and drops them is found out", async () => {
  await expect(assertOwnSessions(answering("0"), "statement_timeout")).rejects.toThrow("it took statement_timeout");
  await expect(assertOwnSessions(answering("20000"), "statement_timeout")).resolves.toBeUndefined();
});
