import { createLogger, sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { catchUp } from "../deployment/drain.ts";
import { sumOfStream } from "../testing/per-stream.ts";
import { sharedRow } from "../testing/shared-row.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { compareProjection } from "./compare.ts";
import { rebuildStream, storedRows } from "./rebuild-stream.ts";

const logger = createLogger("test", "silent");

it("the rows of one stream are mended, those of others are left alone", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b", "a"]);
  await catchUp(db, logger, sumOfStream());
  const good = await storedRows(db, sumOfStream(), "a");
  await db.query(sql`UPDATE sums SET n = 99`);
  expect(await storedRows(db, sumOfStream(), "a")).not.toEqual(good);
  expect(await db.transaction((tx) => rebuildStream(tx, sumOfStream(), "a"))).toEqual({ asOf: 3, rows: 1 });
  expect(await db.query(sql`SELECT id, n FROM sums ORDER BY id`)).toEqual([
    { id: "a", n: 2 },
    { id: "b", n: 99 },
  ]);
  expect(await storedRows(db, sumOfStream(), "a")).toEqual(good);
});

it("while events of the stream are delivered, none is lost and none counts twice", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  const projection = sumOfStream();
  await publish(db, ["a"]);
  await catchUp(db, logger, projection);
  const step = stepper(db, projection, { batchSize: 2 });
  let isOver = false;
  const writing = (async () => {
    for (let count = 0; count < 40; count += 1) await publish(db, ["a", "b"]);
    isOver = true;
  })();
  const delivering = (async () => {
    for (let passed = 1; passed > 0 || !isOver;) ({ passed } = await step());
  })();
  let rebuilt = 0;
  for (; !isOver; rebuilt += 1) {
    await db.query(sql`UPDATE sums SET n = -1000 WHERE id = 'a'`);
    await db.transaction((tx) => rebuildStream(tx, projection, "a"));
  }
  await Promise.all([writing, delivering]);
  await db.transaction((tx) => rebuildStream(tx, projection, "a"));
  await catchUp(db, logger, projection);
  expect(rebuilt).toBeGreaterThan(1);
  expect(await compareProjection(db, projection, "all")).toMatchObject({ agrees: true, compared: 2, asOf: 81 });
  expect(await db.query(sql`SELECT n FROM sums WHERE id = 'a'`)).toEqual([{ n: 41 }]);
});

it("is refused where streams share rows, and for a stream that does not exist", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a"]);
  const rebuilding = (projection: ReturnType<typeof sharedRow>, streamId: string) =>
    db.transaction((tx) => rebuildStream(tx, projection, streamId));
  await expect(rebuilding(sharedRow(), "a")).rejects.toMatchObject({ code: "ROWS_SHARED" });
  await expect(rebuilding(sumOfStream(), "nothing")).rejects.toMatchObject({ code: "STREAM_NOT_FOUND" });
});
