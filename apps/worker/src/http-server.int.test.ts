import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createMetrics } from "@tillstream/commerce";
import { createHealthPool, createPool, poolDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { createDuty, createPostgresBus } from "@tillstream/eventing";
import { createMemoryCache, sql, trustedProxies } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { startHttpServer } from "./http-server.ts";
import type { HttpServerOptions } from "./http-server.ts";

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo; // a server that listens on a port has one
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function start(db: Database, options: Partial<HttpServerOptions>) {
  const port = await freePort();
  const [cache, bus, metrics] = [createMemoryCache(), createPostgresBus(db), createMetrics(db)];
  const watchdogs = { subscriptions: { silentFor: () => [] }, others: { silentFor: () => [] } };
  const limits = {
    limit: { name: "registry", size: 100, refillMs: 60_000 },
    trustedProxies: trustedProxies(["127.0.0.1", "::1"]),
  };
  const duty = createDuty();
  const given = { port, db, health: db, cache, bus, metrics, watchdogs, duty, gateway: async () => "ok", ...limits };
  return { port, server: await startHttpServer({ ...given, ...options }) };
}

it("answers for its health, its metrics and the schema registry, and nothing else", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const { port, server } = await start(database, { registryLogin: "writer:a long password" });
  try {
    const base = `http://127.0.0.1:${port}`;
    const status = async (path: string) => (await fetch(`${base}${path}`)).status;
    expect(
      await Promise.all(["/health", "/metrics", "/schema-registry", "/schema-registry/subjects"].map(status)),
    ).toEqual([200, 200, 200, 200]);
    expect(await Promise.all(["/", "/subjects", "/schema-registry-else", "/schema-registry/none"].map(status))).toEqual(
      [404, 404, 404, 404],
    );
    const odd = request({ port, path: "//" }).end();
    const [answer] = (await once(odd, "response")) as [IncomingMessage];
    expect(answer.statusCode).toBe(404);
    expect(await status("/health")).toBe(200);
    const registered = await fetch(`${base}/schema-registry/subjects/a-value/versions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ schema: '"string"' }),
    });
    expect(await registered.json()).toEqual({ id: 1 });
    const all = await fetch(`${base}/schema-registry/subjects`);
    expect(all.headers.get("content-type")).toBe("application/vnd.schemaregistry.v1+json");
    expect(await all.json()).toEqual(["a-value"]);
    const removed = (authorization: string) =>
      fetch(`${base}/schema-registry/subjects/a-value`, {
        method: "DELETE",
        headers: { authorization, "x-forwarded-for": "192.0.2.1" },
      });
    const refused = await removed(`Basic ${btoa("writer:another password")}`);
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="schema registry"']);
    expect((await removed(`Basic ${btoa("writer:a long password")}`)).status).toBe(200);
  } finally {
    await server.close();
  }
});

it("limits what one address asks the registry, and nothing else and nobody else", async () => {
  await using test = await createTestDatabase();
  const { port, server } = await start(test.database, { limit: { name: "registry", size: 3, refillMs: 60_000 } });
  const ask = async (path: string, from: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { "x-forwarded-for": from } });
    return [response.status, response.headers.get("retry-after") === null];
  };
  try {
    const asked = [];
    for (let at = 0; at < 4; at += 1) asked.push(await ask("/schema-registry/subjects", "192.0.2.1"));
    expect(asked).toEqual([
      [200, true],
      [200, true],
      [200, true],
      [429, false],
    ]);
    expect(await ask("/schema-registry/subjects", "192.0.2.2")).toEqual([200, true]);
    expect(await ask("/health", "192.0.2.1")).toEqual([200, true]);
  } finally {
    await server.close();
  }
});

it("reports a stalled relay or loop, and that a restart would help only for a loop that stays stalled", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  let [silentMs, otherSilentMs] = [0, 0];
  const watchdogs = {
    subscriptions: { silentFor: (ms: number) => (silentMs > ms ? ["order_view"] : []) },
    others: { silentFor: (ms: number) => (otherSilentMs > ms ? ["reconciliation"] : []) },
  };
  let gateway = "ok";
  const duty = createDuty();
  const { port, server } = await start(database, { watchdogs, duty, gateway: async () => gateway });
  const answerOf = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { code: response.status, ...((await response.json()) as object) };
  };
  try {
    expect(await answerOf("/health/live")).toMatchObject({ code: 200, loops: "ok" });
    silentMs = 16_000;
    expect(await answerOf("/health")).toMatchObject({ code: 503, checks: { subscriptions: "stalled: order_view" } });
    expect(await answerOf("/health/live")).toMatchObject({ code: 200 });
    silentMs = 301_000;
    expect(await answerOf("/health/live")).toMatchObject({ code: 503, loops: "stalled: order_view" });
    silentMs = 0;
    otherSilentMs = 301_000;
    gateway = "away";
    expect(await answerOf("/health")).toMatchObject({
      code: 200,
      status: "degraded",
      checks: { subscriptions: "ok", loops: "stalled: reconciliation", gateway: "away" },
    });
    expect(await answerOf("/health/live")).toMatchObject({ code: 503, loops: "stalled: reconciliation" });
    otherSilentMs = 0;
    gateway = "ok";
    expect(await answerOf("/health/live")).toMatchObject({ code: 200, loops: "ok" });
    expect(await answerOf("/health")).toMatchObject({ code: 200, checks: { relay: "ok", loops: "ok" } });
    await database.query(sql`
      INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload, created_at)
      VALUES ('e', 'Ticked', 's', '{}', now() - interval '16 s')`);
    expect(await answerOf("/health")).toMatchObject({ code: 503, checks: { relay: "events wait to be published" } });
    expect(await answerOf("/health/live")).toMatchObject({ code: 200 });
    // Of a worker that is drained nobody expects that it publishes.
    duty.set({ by: "Omar", reason: "a new disk", since: new Date(0) });
    expect(await answerOf("/health")).toMatchObject({
      code: 200,
      status: "degraded",
      worker: { state: "drained", by: "Omar", reason: "a new disk", since: "1970-01-01T00:00:00.000Z" },
    });
    duty.set(undefined);
    expect(await answerOf("/health")).toMatchObject({ code: 503, worker: { state: "running" } });
    await database.query(sql`UPDATE outbox_events SET created_at = now()`);
    await database
      .query(sql`DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$`)
      .catch(() => undefined);
    expect(await answerOf("/health")).toMatchObject({ code: 200, status: "degraded", checks: { storage: "full" } });
  } finally {
    await server.close();
  }
});

it("is not down while every connection waits for a lock, and says that Postgres is there", async () => {
  await using test = await createTestDatabase();
  const settings = { url: test.url, applicationName: "test" };
  const [pool, healthPool] = [createPool({ ...settings, max: 2 }), createHealthPool(settings)];
  const { port, server } = await start(poolDatabase(pool), { health: poolDatabase(healthPool) });
  try {
    await test.database.transaction(async (tx) => {
      await tx.query(sql`LOCK TABLE outbox_events IN ACCESS EXCLUSIVE MODE`);
      const waiting = Array.from({ length: 4 }, () => pool.query("SELECT FROM outbox_events").catch(() => undefined));
      const response = await fetch(`http://127.0.0.1:${port}/health`);
      expect([response.status, await response.json()]).toMatchObject([
        200,
        { status: "degraded", checks: { postgres: "ok", relay: "busy" } },
      ]);
      await tx.query(sql`ROLLBACK`);
      await Promise.all(waiting);
    });
  } finally {
    await server.close();
    await Promise.all([pool.end(), healthPool.end()]);
  }
});
