import { AT_ONCE, createLogger, createWatchdog, repeat, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, Loop, Sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { lookTogether } from "./look-together.ts";

/** A scheduler on which a look's pause is short and any other is endless, but for the end. */
const quickLook = {
  ...systemScheduler,
  sleep: (ms: number, signal?: AbortSignal) => systemScheduler.sleep(ms === 1_000 ? 1 : 60_000, signal),
};

/** Runs the loops until the returned function is called; `answer` is what the database says to each look. */
function running(loops: readonly Loop[], answer: (asked: Sql) => Promise<readonly object[]>) {
  const stop = new AbortController();
  const db = { query: answer } as unknown as Database;
  const ports = { db, scheduler: quickLook, signal: stop.signal, logger: createLogger("test", "silent") };
  const ended = Promise.all(lookTogether(loops, ports).map((loop) => repeat(loop, ports)));
  return async () => {
    stop.abort();
    await ended;
  };
}

/** A loop that counts its turns. */
function counted(name: string, due?: Sql) {
  const loop = {
    name,
    intervalMs: 10,
    ...(due !== undefined && { due }),
    turns: 0,
    turn: async () => void (loop.turns += 1),
  };
  return loop;
}

it("each loop takes a turn at its start, and then when it is due", async () => {
  const [often, seldom, other] = [counted("often", sql`1 = ${1}`), counted("seldom", sql`1 = ${2}`), counted("other")];
  const asked: Sql[] = [];
  const stop = running([often, seldom, other], async (statement) => {
    asked.push(statement);
    return [{ d0: true, d1: false }];
  });
  await vi.waitFor(() => expect(often.turns).toBeGreaterThan(5));
  expect(seldom.turns).toBe(1);
  expect(other.turns).toBe(1); // it has its own pause
  expect(asked[0]?.text).toBe("SELECT (1 = $1) AS d0,(1 = $2) AS d1");
  await stop();
});

it("one that has more to do goes on at once", async () => {
  const busy = counted("busy", sql`false`);
  const turn = async () => ((busy.turns += 1) < 4 ? AT_ONCE : undefined);
  const stop = running([{ ...busy, turn }], async () => [{ d0: false }]);
  await vi.waitFor(() => expect(busy.turns).toBe(4));
  await stop();
});

it.each([
  ["cannot be asked", "42703"],
  ["waits for a lock on its table", "55P03"],
])("a condition that %s keeps no loop from its work", async (_, code) => {
  const [one, broken] = [counted("one", sql`true`), counted("broken", sql`no such column`)];
  const stop = running([one, broken], () => Promise.reject(Object.assign(new Error(code), { code })));
  await vi.waitFor(() => expect(Math.min(one.turns, broken.turns)).toBeGreaterThan(1));
  await stop();
});

it("to a watchdog, one that waits until it is due lives", async () => {
  const idle = counted("idle", sql`false`);
  const stop = new AbortController();
  const db = { query: async () => [{ d0: false }] } as unknown as Database;
  const ports = { db, scheduler: quickLook, signal: stop.signal, logger: createLogger("test", "silent") };
  const watchdog = createWatchdog(ports);
  const [woken = idle] = lookTogether([idle], ports);
  const ended = watchdog.run("idle", (own) => repeat(woken, own));
  await vi.waitFor(() => expect(idle.turns).toBe(1));
  await systemScheduler.sleep(20);
  expect(watchdog.silentFor(10)).toEqual([]);
  stop.abort();
  await ended;
});
