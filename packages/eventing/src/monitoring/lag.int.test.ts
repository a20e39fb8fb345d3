import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { claimBatch } from "../bus/kafka/outbox-statements.ts";
import { append, lease, publishAll } from "../testing/bus-at-work.ts";
import { createPostgresBus } from "../bus/postgres-bus.ts";
import { versionShares } from "../versions/version-shares.ts";
import { subscriptionLags } from "./lag.ts";

const HOUR_AGO = sql`now() - interval '1 hour'`;

it("events that have their position and wait for Kafka count once, and make no projection late that has them", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  for (const stream of ["a", "b", "c"]) await append(database, stream);
  await database.query(sql`UPDATE outbox_events SET created_at = ${HOUR_AGO}`);
  await database.query(
    sql`INSERT INTO projection_checkpoints (projection, position) VALUES ('caught-up', 3), ('behind', 1)`,
  );
  await claimBatch(database, await lease(database), 100);
  const lags = new Map((await subscriptionLags(database, "projection")).map((lag) => [lag.name, lag]));
  expect(lags.get("caught-up")).toMatchObject({ lagSeconds: 0, eventsBehind: 0 });
  expect(lags.get("behind")).toMatchObject({ eventsBehind: 2 });
  expect(lags.get("behind")?.lagSeconds).toBeGreaterThan(0);
  expect(await versionShares(database)).toMatchObject([{ type: "Added", count: 3, countLastDay: 3 }]);
});

it("events that nobody has numbered yet make every projection late", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`INSERT INTO projection_checkpoints (projection, position) VALUES ('waiting', 0)`);
  await append(database, "a");
  await database.query(sql`UPDATE outbox_events SET created_at = ${HOUR_AGO}`);
  const [late] = await subscriptionLags(database, "projection");
  expect(late).toMatchObject({ name: "waiting", eventsBehind: 1 });
  expect(late?.lagSeconds).toBeGreaterThan(3_500);
  await publishAll(createPostgresBus(database), await lease(database));
  expect(await subscriptionLags(database, "projection")).toMatchObject([{ eventsBehind: 1 }]);
});

it("its dead letters are those that are open: retried, parked, or waiting", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`INSERT INTO projection_checkpoints (projection, position) VALUES ('a', 0), ('b', 0)`);
  await database.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts, status)
    SELECT 'a', status, 'Added', status, 1, 'no', 'f', 1, status FROM unnest('{parked,retrying,waiting,resolved,discarded}'::text[]) status`);
  const lags = await subscriptionLags(database, "projection");
  expect(lags.map(({ name, openLetters }) => `${name} ${openLetters}`).toSorted()).toEqual(["a 3", "b 0"]);
});
