import { createPool, poolDatabase } from "@tillstream/db";
import { createMemoryCache, sql, systemScheduler } from "@tillstream/runtime";
import type { Cache, Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { Refusal, refuse } from "../event/refusal.ts";
import { ConcurrencyError } from "../store/append.ts";
import { createDatabaseWithEffects, effect } from "../testing/effects.ts";
import { createGate } from "../testing/gate.ts";
import { outcomeOf } from "../testing/outcome-of.ts";
import { fingerprintOf } from "./idempotency.ts";
import { runIdempotent } from "./run-idempotent.ts";

async function written(db: Database): Promise<{ effects: number; keys: number }> {
  const rows = await db.query<{ effects: number; keys: number }>(sql`
    SELECT (SELECT count(*)::int FROM effects) AS effects, (SELECT count(*)::int FROM idempotency_keys) AS keys`);
  return rows[0] ?? expect.fail();
}

/** No answer comes from this cache: Postgres is asked. */
const forgetful: Cache = { ...createMemoryCache(), get: async () => undefined };

function runner(db: Database, cache: Cache = forgetful) {
  let answers = 0;
  return (key: string, input: unknown = {}, work?: (tx: SqlExecutor) => Promise<{ answer: number }>) =>
    runIdempotent<{ answer: number }>({
      db,
      cache,
      scheduler: systemScheduler,
      command: { scope: "test", key, fingerprint: fingerprintOf(input) },
      work:
        work ??
        (async (tx) => {
          await tx.query(effect("command"));
          return { answer: (answers += 1) };
        }),
    });
}

it("ten commands at once under one key are one effect and one answer", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  const answers = await Promise.all(Array.from({ length: 10 }, () => run("k")));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await written(test.database)).toEqual({ effects: 1, keys: 1 });
});

it("the same key with another input is refused, and another key is another command", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  await run("k", { amount: 1 });
  await expect(run("k", { amount: 2 })).rejects.toMatchObject({
    kind: "unprocessable",
    code: "IDEMPOTENCY_KEY_REUSED",
  });
  await run("l", { amount: 2 });
  expect(await written(test.database)).toEqual({ effects: 2, keys: 2 });
});

it("a command that broke leaves neither effect nor key, and may be sent again", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  const broken = run("k", {}, async (tx) => {
    await tx.query(effect("command"));
    throw new Error("broke");
  });
  await expect(broken).rejects.toThrow("broke");
  expect(await written(test.database)).toEqual({ effects: 0, keys: 0 });
  expect(await run("k")).toEqual({ answer: 1 });
});

it("a refusal that the command ended with stays its answer", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  const refused = refuse("conflict", "TOO_POOR", "Not enough.", { fields: [{ field: "a", rule: "b", message: "c" }] });
  const first = run("k", {}, async (tx) => {
    await tx.query(effect("command"));
    throw refused;
  });
  await expect(first).rejects.toBe(refused);
  expect(await outcomeOf(run("k"))).toEqual(refused);
  expect(await written(test.database)).toEqual({ effects: 0, keys: 1 });
});

it("while a command is being refused, nothing else is carried out under its key, and duplicates of it do nothing again", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  const gate = createGate();
  let calls = 0;
  const refused = () =>
    run("k", { amount: 1 }, async (tx) => {
      calls += 1;
      await tx.query(effect("command"));
      await tx.query(sql`SELECT 1 / 0`).catch(() => undefined); // such as a constraint that says why it is refused
      await gate.wait();
      throw refuse("conflict", "TOO_POOR", "Not enough.");
    });
  const first = outcomeOf(refused());
  await gate.reached;
  const others = [run("k", { amount: 2 }), refused(), refused()].map((other) => outcomeOf(other));
  gate.open();
  expect(await first).toMatchObject({ code: "TOO_POOR" });
  expect(await Promise.all(others)).toMatchObject([
    { code: "IDEMPOTENCY_KEY_REUSED" },
    { code: "TOO_POOR" },
    { code: "TOO_POOR" },
  ]);
  expect([calls, await written(test.database)]).toEqual([1, { effects: 0, keys: 1 }]);
});

it("a temporary refusal is not a final answer: its key stays free, and the same command may try again with it", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database, createMemoryCache());
  const refused = run("k", {}, () =>
    Promise.reject(refuse("conflict", "NOT_YET", "In a moment.", { retryAfterSeconds: 1 })),
  );
  await expect(refused).rejects.toMatchObject({ code: "NOT_YET", retryAfterSeconds: 1 });
  expect(await written(test.database)).toEqual({ effects: 0, keys: 0 });
  expect(await run("k")).toEqual({ answer: 1 });
  expect(await run("k")).toEqual({ answer: 1 });
  expect(await written(test.database)).toEqual({ effects: 1, keys: 1 });
});

it("commands at once under one key, the first of them refused for a moment, are one effect", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  let calls = 0;
  const attempt = () =>
    run("k", {}, async (tx) => {
      if ((calls += 1) === 1) throw refuse("conflict", "NOT_YET", "In a moment.", { retryAfterSeconds: 1 });
      await tx.query(effect("command"));
      return { answer: calls };
    });
  const answers = await Promise.all(Array.from({ length: 5 }, () => outcomeOf(attempt())));
  expect(answers.filter((answer) => answer instanceof Refusal)).toMatchObject([{ code: "NOT_YET" }]);
  expect(answers.filter((answer) => !(answer instanceof Refusal))).toEqual(
    Array.from({ length: 4 }, () => ({ answer: 2 })),
  );
  expect(await written(test.database)).toEqual({ effects: 1, keys: 1 });
});

it("a command that lost a race is carried out on the new state, once", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  let races = 3;
  const answer = await run("k", {}, async (tx) => {
    await tx.query(effect("command"));
    if ((races -= 1) >= 0) throw new ConcurrencyError("somebody was faster");
    return { answer: 7 };
  });
  expect(answer).toEqual({ answer: 7 });
  expect(await written(test.database)).toEqual({ effects: 1, keys: 1 });
});

it("a command that lost every race says so, leaves its key free, and did nothing", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  const lost = run("k", {}, async () => {
    throw new ConcurrencyError("somebody was faster");
  });
  await expect(lost).rejects.toMatchObject({ kind: "conflict", code: "CONFLICT", retryAfterSeconds: 1 });
  expect(await written(test.database)).toEqual({ effects: 0, keys: 0 });
});

it("a key that expired may be used for another command", async () => {
  await using test = await createDatabaseWithEffects();
  const run = runner(test.database);
  await run("k", { amount: 1 });
  await test.database.query(sql`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
  const answers = await Promise.all([run("k", { amount: 2 }), run("k", { amount: 2 })]);
  expect(answers).toEqual([{ answer: 2 }, { answer: 2 }]);
  await expect(run("k", { amount: 1 })).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
});

it("a cache that was flushed does not answer for longer than Postgres", async () => {
  await using test = await createDatabaseWithEffects();
  const cache = createMemoryCache();
  await runner(test.database)("k"); // answered while the cache was away
  expect(await runner(test.database, cache)("k")).toEqual({ answer: 1 });
  await test.database.query(sql`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
  await runner(test.database, cache)("k");
  expect(await written(test.database)).toEqual({ effects: 2, keys: 1 });
});

it("with a cache that fails, holds nonsense or another's answer, every answer is the same", async () => {
  await using test = await createDatabaseWithEffects();
  const first = await runner(test.database)("k");
  const away = () => Promise.reject(new Error("away"));
  const planted = (text: string): Cache => ({ ...forgetful, get: async () => text });
  const stale = planted(JSON.stringify({ fingerprint: fingerprintOf({ amount: 2 }), response: { answer: 99 } }));
  for (const cache of [{ ...forgetful, get: away, set: away }, planted("nonsense"), stale]) {
    expect(await runner(test.database, cache)("k")).toEqual(first);
  }
  expect(await written(test.database)).toEqual({ effects: 1, keys: 1 });
});

it("a command whose key another one holds is told that it still runs; one whose work waits for a lock is not", async () => {
  await using test = await createDatabaseWithEffects();
  const impatient = createPool({ url: test.url, max: 2, applicationName: "impatient" });
  impatient.on("connect", (client) => void client.query("SET lock_timeout = '50ms'"));
  const run = runner(poolDatabase(impatient));
  try {
    await test.database.transaction(async (tx) => {
      await tx.query(sql`
        INSERT INTO idempotency_keys (scope, key, fingerprint, status, expires_at) VALUES ('test', 'k', 'f', 'in_progress', now())`);
      await expect(run("k")).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_IN_PROGRESS" });
    });
    await test.database.transaction(async (tx) => {
      await tx.query(sql`LOCK TABLE effects IN ACCESS EXCLUSIVE MODE`);
      await expect(run("k")).rejects.toThrow("lock timeout");
    });
    expect(await run("k")).toEqual({ answer: 1 });
  } finally {
    await impatient.end();
  }
});
