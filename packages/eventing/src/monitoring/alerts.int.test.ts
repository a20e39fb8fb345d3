import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { appendEvents } from "../store/append.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { alertRule } from "./alert-rule.ts";
import { listAlerts, notifyAlerts } from "./alerts.ts";
import { subscriptionLags } from "./lag.ts";
import { sampleProjections } from "./sample-projections.ts";

/** An event that no projection has seen, recorded `seconds` ago. */
async function overdueEvent(db: Database, seconds: number): Promise<void> {
  await appendEvents(db, {
    streamId: "a",
    streamType: "counter",
    expectedVersion: "new",
    events: [Added.create({ by: 1 })],
    metadata: testMetadata,
  });
  await db.query(sql`UPDATE outbox_events SET created_at = now() - ${seconds} * interval '1 second'`);
}

/** Lets the next sample be due. */
const later = (db: Database) => db.query(sql`UPDATE projection_samples SET at = at - interval '1 second'`);

it("lag is the age of the oldest event not processed, also while it is unpublished, and 0 when caught up", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`INSERT INTO projection_checkpoints (projection) VALUES ('view')`);
  expect((await subscriptionLags(database, "projection"))[0]).toMatchObject({ lagSeconds: 0, eventsBehind: 0 });
  await overdueEvent(database, 30);
  const [lag] = await subscriptionLags(database, "projection");
  expect(lag?.eventsBehind).toBe(1);
  expect(lag?.lagSeconds).toBeGreaterThanOrEqual(30);
  expect(lag?.lagSeconds).toBeLessThan(60);
});

it("fires at the second sample in a row, tells once, and tells again only when it could not", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`INSERT INTO projection_checkpoints (projection) VALUES ('view')`);
  await overdueEvent(database, 30);
  const rule = alertRule(5);
  expect(await sampleProjections(database, rule)).toBe(true);
  expect(await listAlerts(database, 10)).toMatchObject([{ projection: "view", status: "pending" }]);
  await later(database);
  await sampleProjections(database, rule);
  expect(await listAlerts(database, 10)).toMatchObject([{ status: "firing", firedAt: expect.any(Date) }]);
  const told: string[] = [];
  await notifyAlerts(database, async (alert) => void told.push(`${alert.status} at once`)); // its cause may be noticed yet
  await database.query(sql`UPDATE projection_alerts SET fired_at = fired_at - interval '10 s'`);
  await expect(notifyAlerts(database, () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  await notifyAlerts(database, async (alert) => void told.push(alert.status));
  await notifyAlerts(database, async (alert) => void told.push(alert.status));
  expect(told).toEqual(["firing"]);
});

it("samples from before the clock went back keep nobody from the next one, and go", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`INSERT INTO projection_checkpoints (projection) VALUES ('view')`);
  await sampleProjections(database, alertRule(5));
  await database.query(sql`UPDATE projection_samples SET at = at + interval '1 hour'`);
  expect(await sampleProjections(database, alertRule(5))).toBe(true);
  expect(await database.query(sql`SELECT at > now() AS ahead FROM projection_samples`)).toEqual([{ ahead: false }]);
});

it("many monitors make one sample", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`INSERT INTO projection_checkpoints (projection) VALUES ('view')`);
  const taken = await Promise.all(Array.from({ length: 6 }, () => sampleProjections(database, alertRule(5))));
  expect(taken.filter(Boolean).length).toBe(1);
});
