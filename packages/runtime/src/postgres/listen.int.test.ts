import { createLogger } from "../logger.ts";
import type { Logger } from "../logger.ts";
import { expect, test, vi } from "vitest";
import { listen } from "./listen.ts";
import { createTestDatabase } from "@tillstream/db/testing";

const WAIT = { timeout: 20_000, interval: 50 };
const silent = createLogger("test", "silent");

/** Keeps the messages, each with what it says of the error. */
function keeping(messages: string[]): Logger {
  const keep = (context: { err?: string }, message: string) => void messages.push(`${message}: ${context.err}`);
  return Object.assign(Object.create(silent) as Logger, { debug: keep, warn: keep });
}

test("where LISTEN is refused, as by a hot standby, no connection stays behind with each try", async () => {
  await using db = await createTestDatabase();
  const tries: string[] = [];
  // A channel without a name is refused by a server that takes the connection.
  const listener = listen(db.url, { "": () => undefined }, keeping(tries));
  await vi.waitUntil(() => tries.filter((line) => line.startsWith("listen: refused")).length >= 3, WAIT);
  const { rows } = await db.pool.query<{ open: number }>(
    "SELECT count(*)::int AS open FROM pg_stat_activity WHERE application_name = 'tillstream-listen' AND datname = current_database()",
  );
  expect(rows[0]?.open).toBeLessThanOrEqual(1);
  await listener.close();
});

test("a notice that its reader cannot take in is passed over, and the next is read", async () => {
  await using db = await createTestDatabase();
  const messages: string[] = [];
  const read: unknown[] = [];
  const listener = listen(db.url, { news: (payload) => read.push(JSON.parse(payload)) }, keeping(messages));
  await vi.waitUntil(async () => {
    await db.pool.query(`SELECT pg_notify('news', 'no json'), pg_notify('news', '"json"')`);
    return read.length > 0;
  }, WAIT);
  expect(read[0]).toBe("json");
  expect(messages[0]).toContain("listen: a notice was not understood");
  await listener.close();
});

test("comes back when its connection was ended", async () => {
  await using db = await createTestDatabase();
  const read: string[] = [];
  const listener = listen(db.url, { news: (payload) => read.push(payload) }, silent);
  const notify = (payload: string) => db.pool.query("SELECT pg_notify('news', $1)", [payload]);
  await vi.waitUntil(async () => {
    await notify("before");
    return read.includes("before");
  }, WAIT);
  await db.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tillstream-listen' AND datname = current_database()",
  );
  await vi.waitUntil(async () => {
    await notify("after");
    return read.includes("after");
  }, WAIT);
  await listener.close();
});
