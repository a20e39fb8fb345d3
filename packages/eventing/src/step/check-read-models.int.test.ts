import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { catchUp } from "../deployment/drain.ts";
import { sumOfStream } from "../testing/per-stream.ts";
import { publish } from "../testing/subscribing.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { readModelChecks } from "./check-read-models.ts";

const logger = createLogger("test", "silent");

const portsOf = (db: Database) => ({ db, logger, scheduler: systemScheduler, signal: new AbortController().signal });

/** The next part, however short ago the last one was. */
async function look(db: Database): Promise<void> {
  await db.query(sql`UPDATE read_model_checks SET begun_at = '-infinity'`);
  await readModelChecks([sumOfStream()]).turn(portsOf(db));
}

const faults = (db: Database) =>
  db.query(sql`SELECT key, stream_id AS "streamId", detail FROM read_model_faults ORDER BY key`);

it("a row that was changed by hand, and one that is missing, are found, and are forgotten once they are right again", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b", "c"]);
  await catchUp(db, logger, sumOfStream());
  await look(db);
  expect(await faults(db)).toEqual([]);
  await db.query(sql`UPDATE sums SET n = 99 WHERE id = 'a'`);
  await db.query(sql`DELETE FROM sums WHERE id = 'b'`);
  await look(db); // the end of the round
  await look(db);
  expect(await faults(db)).toEqual([
    { key: "a", streamId: "a", detail: "n of sums" },
    { key: "b", streamId: "b", detail: "a row of sums is missing" },
  ]);
  await db.query(sql`UPDATE sums SET n = 1 WHERE id = 'a'`);
  await look(db);
  expect(await faults(db)).toMatchObject([{ key: "b" }]);
});

it("the whole log is gone through part by part and round by round, and long streams are left out", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  const streams = Array.from({ length: 1_200 }, (_, n) => `s${n}`);
  await publish(db, streams);
  await publish(db, Array<string>(1_001).fill("long"));
  await catchUp(db, logger, sumOfStream());
  await db.query(sql`UPDATE sums SET n = 99 WHERE id IN ('s3', 's1199', 'long')`);
  const found = [];
  for (let part = 0; part < 5; part += 1) {
    await look(db);
    found.push((await faults(db)).length);
  }
  expect(found).toEqual([1, 2, 2, 2, 2]);
});

it("what is right under a projection that is behind is no fault, and of two processes one takes a part", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b"]);
  await catchUp(db, logger, sumOfStream());
  await publish(db, ["a", "c"]);
  await look(db);
  expect(await faults(db)).toEqual([]);
  await db.query(sql`UPDATE sums SET n = 99`);
  await db.query(sql`UPDATE read_model_checks SET position = 0`);
  const loop = readModelChecks([sumOfStream()]);
  await Promise.all([loop.turn(portsOf(db)), loop.turn(portsOf(db))]);
  expect(await faults(db)).toEqual([]); // shortly after the last part: nobody
  await look(db);
  expect(await faults(db)).toMatchObject([{ key: "a" }, { key: "b" }]);
});

it("a projection that cannot be compared keeps no other from it, and its part is taken once more before it is left", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b"]);
  await catchUp(db, logger, sumOfStream());
  await db.query(sql`UPDATE sums SET n = 99 WHERE id = 'a'`);
  const broken = { ...sumOfStream({ fails: () => true }), name: "broken" };
  await db.query(sql`INSERT INTO projection_checkpoints (projection, position) VALUES ('broken', 2)`);
  const loop = readModelChecks([broken, sumOfStream()]);
  const positions = [];
  for (let turn = 0; turn < 2; turn += 1) {
    await db.query(sql`UPDATE read_model_checks SET begun_at = '-infinity'`);
    await loop.turn(portsOf(db));
    positions.push(...(await db.query(sql`SELECT DISTINCT position FROM read_model_checks`)));
  }
  expect(positions).toEqual([{ position: 0 }, { position: 2 }]);
  expect(await faults(db)).toMatchObject([{ key: "a" }]);
});
