/** A script that reads nothing but the JSON of `diagnose` knows the cause of each incident, by its code. */
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { cacheCheck } from "../monitoring/index.ts";
import { beatsAgo, gatewayFailed, look, shopAtWork } from "./testing/at-work.ts";

/** All that such a script has to know. */
const CAUSES: Readonly<Record<string, string>> = {
  "gateway-fails": "the gateway is down",
  "gateway-answers-lost": "charges are captured and not answered",
  "worker-silent": "the worker is frozen or gone",
  "redis-console": "Redis is gone",
  "delivery-fails": "a poison event",
  paused: "somebody paused it",
  "rows-differ": "a row was changed by hand",
};

const json = z.object({ findings: z.array(z.object({ status: z.string(), code: z.string() })) });

/** @param text what `tillstream diagnose --json` prints */
const causesIn = (text: string): readonly (string | undefined)[] =>
  json.parse(JSON.parse(text)).findings.map(({ code }) => CAUSES[code]);

const redisAway = cacheCheck({ health: async () => "down" }, "console");
const workerRedisAway = cacheCheck({ health: async () => "down" }, "worker");

/** What makes each so, besides a worker that has just given a sign of life. */
const INCIDENTS: readonly (readonly [string, (db: Database) => Promise<unknown>])[] = [
  ["the gateway is down", (db) => gatewayFailed(db, 9)],
  [
    "charges are captured and not answered",
    async (db) => {
      await gatewayFailed(db, 9);
      await db.query(sql`
        INSERT INTO payment_webhooks (id, type, charge_id, order_id, payload, received_at)
        SELECT 'told', 'charge.succeeded', 'ch_1', subject, '{}', now() - interval '5 seconds' FROM sagas WHERE status = 'running'`);
      await db.query(sql`
        UPDATE saga_steps SET status = 'unknown', started_at = now(), finished_at = now() WHERE step = 'charge'`);
    },
  ],
  ["the worker is frozen or gone", (db) => beatsAgo(db, 60)],
  ["Redis is gone", async () => undefined],
  [
    "a poison event",
    (db) =>
      db.query(sql`
        INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts)
        SELECT 'mail', event_id, type, stream_id, position, 'TypeError: no such template', 'f', 5
        FROM event_log JOIN events USING (event_id, type, stream_id) WHERE type = 'OrderCreated' LIMIT 1`),
  ],
  [
    "somebody paused it",
    async (db) => {
      await db.query(sql`UPDATE projection_checkpoints SET status = 'paused' WHERE projection = 'order_view'`);
      await db.query(sql`
        INSERT INTO projection_alerts (projection, status, threshold_seconds, peak_lag_seconds, pending_at, fired_at)
        VALUES ('order_view', 'firing', 5, 60, now(), now())`);
    },
  ],
  [
    "a row was changed by hand",
    (db) =>
      db.query(sql`
        INSERT INTO read_model_faults (projection, key, stream_id, detail)
        SELECT 'order_view', order_id, 'order-' || order_id, 'total of order_view' FROM order_view LIMIT 1`),
  ],
];

it.each(INCIDENTS)("%s: the JSON names it, and nothing else", async (cause, arrange) => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 0);
  await arrange(db);
  const own = cause === "Redis is gone" ? [workerRedisAway, redisAway] : [];
  expect(causesIn(JSON.stringify(await look(db, ...own)))).toEqual([cause]);
});
