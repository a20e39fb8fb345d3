import { createLogger, sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { discardDeadLetter } from "../dead-letters/resolve.ts";
import { catchUp } from "../deployment/drain.ts";
import { sumOfStream } from "../testing/per-stream.ts";
import { sharedRow } from "../testing/shared-row.ts";
import { publish } from "../testing/subscribing.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { compareProjection } from "./compare.ts";

const logger = createLogger("test", "silent");

it("stored rows agree with the events up to where the live projection is, whatever came since", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b", "a"]);
  await catchUp(db, logger, sumOfStream());
  await publish(db, ["a"]);
  for (const scope of [{ streamId: "a" }, { key: "b" }, "all"] as const)
    expect(await compareProjection(db, sumOfStream(), scope)).toMatchObject({ asOf: 3, agrees: true, rows: [] });
});

it("a row that was changed by hand is found, with the last event that set what differs", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b", "a", "c"], 5);
  await catchUp(db, logger, sumOfStream());
  await db.query(sql`UPDATE sums SET n = 99 WHERE id = 'a'`);
  await db.query(sql`DELETE FROM sums WHERE id = 'b'`);
  await db.query(sql`INSERT INTO sums VALUES ('ghost', 1)`);
  const { rows, agrees, parted } = await compareProjection(db, sumOfStream(), "all");
  expect({ agrees, parted }).toEqual({ agrees: false, parted: 3 });
  expect(rows).toMatchObject([
    {
      key: { id: "a" },
      stored: { n: 99 },
      stepped: { n: 10 },
      changes: [{ path: "/n", before: 99, after: 10 }],
      parts: [{ column: "n", eventId: "a:2", position: 3 }],
    },
    { key: { id: "b" }, stored: null, stepped: { n: 5 }, parts: [{ column: "", eventId: "b:1" }] },
    { key: { id: "ghost" }, stored: { n: 1 }, stepped: null, parts: [] },
  ]);
  expect(await compareProjection(db, sumOfStream(), { streamId: "b" })).toMatchObject({ parted: 1 });
  expect(await compareProjection(db, sumOfStream(), { key: "c" })).toMatchObject({ agrees: true, compared: 1 });
});

it("with one line of the projection changed, the row parts since the first event that the line is about", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  for (const by of [1, 2, 7, 2, 7]) await publish(db, ["a"], by);
  const changed = sumOfStream({ plus: (n, by) => (by === 7 ? n - by : n + by) });
  await catchUp(db, logger, sumOfStream());
  await db.query(sql`UPDATE sums SET n = 3`); // as it was before the first seven
  const { rows } = await compareProjection(db, changed, { streamId: "a" });
  expect(rows[0]?.parts).toMatchObject([{ column: "n", version: 3 }]);
});

it("rows that streams share are compared over all of their events", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b", "a", "c"], 5);
  await catchUp(db, logger, sharedRow());
  for (const scope of [{ streamId: "a" }, { key: "all" }, "all"] as const)
    expect(await compareProjection(db, sharedRow(), scope)).toMatchObject({ agrees: true, compared: 1, shared: true });
  await db.query(sql`UPDATE sums SET n = 15`);
  const { rows } = await compareProjection(db, sharedRow(), { streamId: "a" });
  expect(rows[0]?.parts).toMatchObject([{ eventId: "c:1" }]);
});

it("an event that waits as a dead letter is in neither, and one that was discarded stays out", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "a", "a"]);
  const failing = sumOfStream({ fails: (version) => version === 2 });
  await catchUp(db, logger, failing);
  expect(await compareProjection(db, failing, { streamId: "a" })).toMatchObject({ agrees: true, compared: 1 });
  const [letter] = await db.query<{ id: number }>(sql`SELECT id FROM dead_letters ORDER BY position LIMIT 1`);
  await discardDeadLetter(db, letter?.id ?? 0, { actor: "test", reason: "a test" });
  expect(await compareProjection(db, failing, { streamId: "a" })).toMatchObject({ agrees: true });
});
