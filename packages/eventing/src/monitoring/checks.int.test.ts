/** Each check of the kernel with its incident, made in the database; and what becomes of an answer. */
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { beginRun } from "../saga/state.ts";
import { append } from "../testing/bus-at-work.ts";
import { publish } from "../testing/subscribing.ts";
import { driveTrip, tripRun, tripSaga } from "../testing/trip-saga.ts";
import { acknowledgeAlert, listAlerts, notifyAlerts } from "./alerts.ts";
import type { Alert } from "./alerts.ts";
import { alertRule } from "./alert-rule.ts";
import { askChecks } from "./ask-checks.ts";
import { defineCheck } from "./check.ts";
import type { AboutCheck, Check } from "./check.ts";
import { readHealth } from "./health.ts";
import { kernelChecks } from "./kernel-checks.ts";
import { sampleProjections } from "./sample-projections.ts";
import { watchOnce } from "./watch.ts";

const saga = tripSaga([]);
const checks = kernelChecks([saga], 30_000);

/** What is above its threshold now: `check` or `check/subject`. */
async function wrong(db: Database): Promise<readonly string[]> {
  const answers = await askChecks(db, checks);
  return checks.flatMap(({ name, threshold }) => {
    const answer = answers.get(name);
    if (answer === undefined || "problem" in answer) return [`${name}: ${answer?.problem}`];
    return answer.readings
      .filter(({ value }) => (value ?? 0) > threshold)
      .map(({ subject }) => (subject === "" ? name : `${name}/${subject}`))
      .toSorted();
  });
}

/** A database in which a worker has just looked. */
async function healthy() {
  const test = await createTestDatabase();
  const { database: db } = test;
  await db.query(sql`INSERT INTO projection_checkpoints (projection) VALUES ('view')`);
  await db.query(sql`INSERT INTO consumer_checkpoints (consumer) VALUES ('mail'), ('index')`);
  return { db, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
}

const ago = (seconds: number) => sql`now() - ${seconds} * interval '1 second'`;

it("nothing is wrong where nothing is", async () => {
  await using shop = await healthy();
  expect(await wrong(shop.db)).toEqual([]);
});

it("a worker that is gone, or has never been there", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await db.query(sql`UPDATE projection_checkpoints SET heartbeat_at = ${ago(60)}`);
  expect(await wrong(db)).toEqual([]);
  await db.query(sql`UPDATE consumer_checkpoints SET heartbeat_at = ${ago(60)}`);
  expect(await wrong(db)).toEqual(["no-worker"]);
  await db.query(
    sql`INSERT INTO relay_leases (partition, owner, epoch, expires_at) VALUES (0, 'w', 1, now() + interval '4 s')`,
  );
  expect(await wrong(db)).toEqual([]);
  await db.query(sql`DELETE FROM relay_leases`);
  await db.query(sql`DELETE FROM consumer_checkpoints`);
  await db.query(sql`DELETE FROM projection_checkpoints`);
  expect(await wrong(db)).toEqual(["no-worker"]);
});

it("a worker that is drained is named, with who did it and why, where no other is at work", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await db.query(sql`UPDATE consumer_checkpoints SET heartbeat_at = ${ago(60)}`);
  await db.query(sql`UPDATE projection_checkpoints SET heartbeat_at = ${ago(60)}`);
  await db.query(sql`
    INSERT INTO workers (id, version, host, pid, runs, drained_by, drain_reason, drain_asked_at)
    VALUES ('worker-1', '1', 'here', 1, '{relay}', 'Omar', 'a new disk', now())`);
  const answers = await askChecks(db, checks);
  expect(answers.get("no-worker")).toMatchObject({
    readings: [{ detail: "worker-1 is drained by Omar: a new disk" }],
  });
  await db.query(sql`UPDATE workers SET heartbeat_at = ${ago(60)}`);
  const later = await askChecks(db, checks);
  expect(later.get("no-worker")).toMatchObject({
    readings: [{ detail: expect.stringMatching(/^the last sign of life: /) }],
  });
});

it("a relay that is frozen, which makes every consumer late", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await append(db, "a");
  await db.query(sql`UPDATE outbox_events SET created_at = ${ago(10)}`);
  expect(await wrong(db)).toEqual(["outbox-age"]);
  await db.query(sql`UPDATE outbox_events SET created_at = ${ago(20)}`);
  expect(await wrong(db)).toEqual(["outbox-age", "consumer-lag/index", "consumer-lag/mail"]);
});

it("an event that cannot be published, and is no fault of the relay's", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await append(db, "a", 2);
  await db.query(sql`UPDATE outbox_events SET created_at = ${ago(10)}`);
  await db.query(sql`
    UPDATE outbox_events SET next_attempt_at = now() + interval '30 s', last_error = 'too large' WHERE id = (SELECT min(id) FROM outbox_events)`);
  expect(await wrong(db)).toEqual(["outbox-set-aside"]);
});

it("a consumer that is paused and forgotten", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await publish(db, ["a"]);
  await db.query(sql`UPDATE event_log_head SET position = 1`);
  await db.query(sql`UPDATE consumer_checkpoints SET position = 1 WHERE consumer = 'index'`);
  await db.query(sql`UPDATE consumer_checkpoints SET status = 'paused' WHERE consumer = 'mail'`);
  await db.query(sql`ALTER TABLE event_log DISABLE TRIGGER event_log_append_only`);
  await db.query(sql`UPDATE event_log SET recorded_at = ${ago(60)}`);
  expect(await wrong(db)).toEqual(["consumer-lag/mail"]);
});

it("saga jobs that are dead, while a step that waits for its next attempt is in order", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await db.transaction((tx) => beginRun(tx, saga, tripRun));
  await db.query(sql`UPDATE saga_steps SET run_at = now() + interval '5 s' WHERE status = 'pending'`);
  expect(await wrong(db)).toEqual([]);
  await db.query(sql`UPDATE saga_steps SET run_at = ${ago(20)} WHERE status = 'pending'`);
  expect(await wrong(db)).toEqual(["saga-jobs"]);
  await db.query(sql`UPDATE saga_steps SET status = 'running', lease_expires_at = ${ago(20)} WHERE status = 'pending'`);
  expect(await wrong(db)).toEqual(["saga-jobs"]);
});

it("a step past its own time-out, or else past that of every step", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await db.transaction((tx) => beginRun(tx, saga, tripRun));
  await db.query(
    sql`UPDATE saga_steps SET run_at = now() + interval '5 s', started_at = ${ago(1)} WHERE status = 'pending'`,
  );
  expect(await wrong(db)).toEqual(["saga-step-overdue"]);
  await db.query(sql`UPDATE sagas SET definition_version = 2`);
  expect(await wrong(db)).toEqual([]);
  await db.query(sql`UPDATE saga_steps SET started_at = ${ago(31)} WHERE status = 'pending'`);
  expect(await wrong(db)).toEqual(["saga-step-overdue"]);
});

it("runs that halted, by their saga, until somebody has settled them", async () => {
  await using shop = await healthy();
  const { db } = shop;
  const away = tripSaga([], (what) => {
    if (what === "car" || what === "undo hotel") throw new Error(`${what} is away`);
  });
  await db.transaction((tx) => beginRun(tx, away, tripRun));
  expect(await driveTrip(db, away)).toBe("compensation_failed");
  expect(await wrong(db)).toEqual(["saga-halted/trip"]);
  await db.query(sql`UPDATE sagas SET status = 'resolved'`);
  expect(await wrong(db)).toEqual([]);
});

it("events that are parked; one that is tried again is not", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await db.query(sql`
    INSERT INTO dead_letters (consumer, event_id, stream_id, position, error, attempts, status)
    VALUES ('mail', 'a:1', 'a', 1, 'no', 1, 'parked'), ('index', 'a:1', 'a', 1, 'no', 1, 'retrying')`);
  expect(await wrong(db)).toEqual(["dead-letters/mail"]);
});

/** Lets `seconds` pass for the monitors. */
async function later(db: Database, seconds: number): Promise<void> {
  await db.query(sql`
    UPDATE alerts SET asked_at = asked_at - ${seconds} * interval '1 s', since = since - ${seconds} * interval '1 s',
      pending_at = pending_at - ${seconds} * interval '1 s', fired_at = fired_at - ${seconds} * interval '1 s',
      calm_since = calm_since - ${seconds} * interval '1 s', resolved_at = resolved_at - ${seconds} * interval '1 s'`);
  await db.query(sql`UPDATE projection_samples SET at = at - ${seconds} * interval '1 s'`);
  await db.query(sql`
    UPDATE projection_alerts SET pending_at = pending_at - ${seconds} * interval '1 s', fired_at = fired_at - ${seconds} * interval '1 s',
      calm_since = calm_since - ${seconds} * interval '1 s'`);
}

async function watch(db: Database, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await later(db, 10);
    await sampleProjections(db, alertRule(5));
    await watchOnce(db, checks);
  }
}

it("a frozen relay is told of once, with its followers under it, and once when it is over", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await append(db, "a");
  await db.query(sql`UPDATE outbox_events SET created_at = ${ago(60)}`);
  await watch(db, 3);
  await later(db, 10);
  const told: Alert[] = [];
  const notify = () => notifyAlerts(db, async (alert) => void told.push(alert));
  await notify();
  await notify();
  expect(told).toMatchObject([{ check: "outbox-age", status: "firing", causeId: null, thresholdSeconds: 5 }]);
  const followers = (await listAlerts(db, 10)).filter(({ causeId }) => causeId === told[0]?.id);
  expect(followers.map(({ check, subject, projection }) => [check, subject, projection])).toEqual(
    expect.arrayContaining([
      ["projection-lag", "view", "view"],
      ["consumer-lag", "mail", null],
      ["consumer-lag", "index", null],
    ]),
  );
  await db.query(sql`UPDATE outbox_events SET published = true, published_at = now()`);
  await watch(db, 3);
  await notify();
  expect(told.slice(1)).toMatchObject([{ check: "outbox-age", status: "resolved" }]);
  expect((await listAlerts(db, 10)).every(({ status }) => status === "resolved")).toBe(true);
});

const ABOUT: AboutCheck = {
  title: "A consumer is behind",
  owner: "operator",
  unit: "seconds",
  part: "Subscriptions",
  effect: "What it does comes late.",
  next: "See what it waits for.",
  path: "/consumers",
  follows: ["outbox-age"],
  explains: [],
};

it("there may be more open alerts than one page shows, or one look at them takes in: all are listed once and told once", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await db.query(sql`
    INSERT INTO alerts (id, name, subject, status, value, peak, threshold, about, since, asked_at, pending_at, fired_at, resolved_at)
    SELECT 1000 + number, 'consumer-lag', 'c' || number, CASE WHEN number > 250 THEN 'resolved' ELSE 'firing' END, 1, 1, 0, about, now(), now(), now(), ${ago(60)},
           CASE WHEN number > 250 THEN now() END
    FROM generate_series(1, 260) number, (SELECT ${JSON.stringify(ABOUT)}::jsonb AS about) check_of_it`);
  const pages: Alert[] = [];
  for (let page = await listAlerts(db, 100); page.length > 0;) {
    pages.push(...page);
    const last = page.at(-1);
    page = last === undefined ? [] : await listAlerts(db, 100, { isResolved: last.status === "resolved", id: last.id });
  }
  expect(new Set(pages.map(({ subject }) => subject)).size).toBe(260);
  expect(pages.map(({ status }) => status)).toEqual([
    ...Array<string>(250).fill("firing"),
    ...Array<string>(10).fill("resolved"),
  ]);
  const told: string[] = [];
  for (let round = 0; round < 4; round += 1) await notifyAlerts(db, async ({ subject }) => void told.push(subject));
  expect([told.length, new Set(told).size]).toEqual([260, 260]);
});

it("an alert of a check that nobody asks any more says so, and is over in time", async () => {
  await using shop = await healthy();
  const { db } = shop;
  const gone = defineCheck({
    name: "gone",
    title: "",
    owner: "",
    unit: "count",
    part: "Gone",
    effect: "",
    next: "",
    path: "/",
    threshold: 0,
    forSeconds: 0,
    readings: sql`SELECT '', 1::float8, 'too many'`,
  });
  const watchGone = () => watchOnce(db, [...checks, gone]);
  await watchGone();
  await later(db, 10);
  await watchGone();
  expect(await listAlerts(db, 10)).toMatchObject([{ check: "gone", status: "firing", detail: "too many" }]);
  await later(db, 60);
  await watchOnce(db, checks);
  expect(await listAlerts(db, 10)).toMatchObject([
    {
      status: "firing",
      detail: expect.stringMatching(/^too many; nobody has asked since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/),
    },
  ]);
  await later(db, 3_600);
  await watchOnce(db, checks);
  expect(await listAlerts(db, 10)).toMatchObject([{ check: "gone", status: "resolved" }]);
  expect((await readHealth(db)).map(({ part }) => part)).not.toContain("Gone");
});

it("many monitors ask once in a few seconds", async () => {
  await using shop = await healthy();
  const asked = await Promise.all(Array.from({ length: 4 }, () => watchOnce(shop.db, checks)));
  expect(asked.filter((count) => count > 0)).toEqual([checks.length]);
  expect(await watchOnce(shop.db, checks)).toBe(0);
});

it("an alert is acknowledged by a person, with a reason, while it is open", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await append(db, "a");
  await db.query(sql`UPDATE outbox_events SET created_at = ${ago(60)}`);
  await watch(db, 2);
  const [alert] = await listAlerts(db, 10);
  await acknowledgeAlert(db, alert?.id ?? 0, { actor: "user:op", reason: "on it" });
  await watch(db, 1);
  expect((await listAlerts(db, 10)).find(({ id }) => id === alert?.id)).toMatchObject({
    acknowledgedBy: "user:op",
    acknowledgedReason: "on it",
    acknowledgedAt: expect.any(Date),
  });
  await expect(acknowledgeAlert(db, 0, { actor: "user:op", reason: "" })).rejects.toMatchObject({
    code: "ALERT_NOT_OPEN",
  });
});

it("a check that cannot be asked keeps no other from being asked, and says why", async () => {
  await using shop = await healthy();
  const { db } = shop;
  const broken: Check = defineCheck({
    name: "broken",
    title: "",
    owner: "",
    unit: "count",
    part: "Broken",
    effect: "",
    next: "",
    path: "/",
    threshold: 0,
    readings: sql`SELECT '', 1::float8, 'x' FROM no_such_table`,
  });
  expect(await watchOnce(db, [...checks, broken])).toBe(checks.length + 1);
  const health = await readHealth(db);
  expect(health.find(({ part }) => part === "Broken")).toMatchObject({
    status: "unknown",
    says: [{ detail: expect.stringContaining("no_such_table") }],
  });
  expect(health.find(({ part }) => part === "Relay")).toMatchObject({ status: "ok" });
});

it("what goes on long after its cause is over is told of", async () => {
  await using shop = await healthy();
  const { db } = shop;
  await publish(db, ["a"]);
  await append(db, "b");
  await db.query(sql`UPDATE outbox_events SET created_at = ${ago(60)} WHERE NOT published`);
  await db.query(sql`UPDATE event_log_head SET position = 1`);
  await db.query(sql`UPDATE projection_checkpoints SET position = 1`);
  await db.query(sql`UPDATE consumer_checkpoints SET position = 1 WHERE consumer = 'index'`);
  await db.query(sql`ALTER TABLE event_log DISABLE TRIGGER event_log_append_only`);
  await db.query(sql`UPDATE event_log SET recorded_at = ${ago(60)}`);
  await watch(db, 3);
  await later(db, 10);
  const told: string[] = [];
  const notify = () =>
    notifyAlerts(db, async ({ check, subject, status }) => void told.push(`${check}/${subject} ${status}`));
  await notify();
  expect(told).toEqual(["outbox-age/ firing"]);
  await db.query(sql`UPDATE outbox_events SET published = true, published_at = now()`);
  await watch(db, 3);
  await notify();
  expect(told.slice(1)).toEqual(["outbox-age/ resolved"]);
  await watch(db, 30);
  await notify();
  expect(told.slice(2)).toEqual(["consumer-lag/mail firing"]);
});
