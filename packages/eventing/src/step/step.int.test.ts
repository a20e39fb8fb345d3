import { TEST_APP_ROLE } from "@tillstream/db/testing";
import { createLogger, raw, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { createPool, poolDatabase } from "@tillstream/runtime/postgres";
import { expect, it } from "vitest";
import { catchUp } from "../deployment/drain.ts";
import { appendEvents } from "../store/append.ts";
import { Added } from "../testing/counter.ts";
import { sumOfStream } from "../testing/per-stream.ts";
import { sharedRow } from "../testing/shared-row.ts";
import { publish, publishAll } from "../testing/subscribing.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import type { Sum } from "../testing/sums.ts";
import { rebuildStream } from "./rebuild-stream.ts";
import { stepProjection } from "./step.ts";

const logger = createLogger("test", "silent");
const sums = (db: Database) => db.query<Sum>(sql`SELECT id, n FROM sums ORDER BY id`);

it("each event of a stream has the row before, the row after and what changed", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b", "a"], 2);
  await catchUp(db, logger, sumOfStream());
  const { steps, asOf, shared, truncated } = await stepProjection(db, sumOfStream(), { streamId: "a" });
  expect({ asOf, shared, truncated }).toEqual({ asOf: 3, shared: false, truncated: false });
  expect(steps.map(({ event, rows }) => [event.position, rows])).toEqual([
    [1, [{ table: "sums", key: { id: "a" }, before: null, after: { id: "a", n: 2 }, changes: [] }]],
    [
      3,
      [
        {
          table: "sums",
          key: { id: "a" },
          before: { id: "a", n: 2 },
          after: { id: "a", n: 4 },
          changes: [{ path: "/n", before: 2, after: 4 }],
        },
      ],
    ],
  ]);
});

it("a stretch of a stream, of the global order or of a correlation begins with the rows as they were then", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "a", "b", "a", "b"]);
  const metadata = { correlationId: "wanted", causationId: "c", actor: "system" };
  for (const streamId of ["b", "a"])
    await appendEvents(db, {
      streamId,
      streamType: "counter",
      expectedVersion: "exists",
      events: [Added.create({ by: 10 })],
      metadata,
    });
  await publishAll(db);
  const stepped = async (...[scope, limit]: [Parameters<typeof stepProjection>[2], number?]) => {
    const { steps, truncated } = await stepProjection(db, sumOfStream(), scope, limit);
    return [
      ...steps.flatMap(({ rows }) => rows.map(({ key, after }) => [key["id"], after?.["n"]].join(" "))),
      truncated,
    ];
  };
  expect(await stepped({ streamId: "a", afterVersion: 1, toVersion: 3 })).toEqual(["a 2", "a 3", false]);
  expect(await stepped({ streamId: "a", afterVersion: 1 }, 2)).toEqual(["a 2", "a 3", true]);
  expect(await stepped({ fromPosition: 4, toPosition: 5 })).toEqual(["a 3", "b 2", false]);
  expect(await stepped({ correlationId: "wanted" })).toEqual(["b 12", "a 13", false]);
  await expect(stepped({ streamId: "nothing" })).rejects.toMatchObject({ code: "STREAM_NOT_FOUND" });
});

it("on one connection a step and a delivery each keep to their own tables, whatever statements the connection has prepared", async () => {
  await using test = await createDatabaseWithSums();
  await test.database.query(sql`GRANT SELECT, INSERT, UPDATE, DELETE ON sums TO ${raw(TEST_APP_ROLE)}`);
  const pool = createPool({ url: test.appUrl, max: 1, applicationName: "test" });
  const db = poolDatabase(pool);
  try {
    await publish(test.database, ["a", "a", "a"]);
    for (let round = 1; round <= 4; round += 1) {
      await publish(test.database, ["a"]);
      await catchUp(db, logger, sumOfStream(), 1);
      await db.transaction((tx) => rebuildStream(tx, sumOfStream(), "a")); // which leaves the connection a schema for temporary tables
      const { steps } = await stepProjection(db, sumOfStream(), { streamId: "a" });
      expect(steps.at(-1)?.rows[0]?.after).toEqual({ id: "a", n: 3 + round });
      expect(await sums(db)).toEqual([{ id: "a", n: 3 + round }]);
    }
  } finally {
    await pool.end();
  }
});

it("an event that cannot be taken is the last step and says why; the live tables stay as they are", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "a", "a"]);
  await catchUp(db, logger, sumOfStream());
  const { steps } = await stepProjection(db, sumOfStream({ fails: (version) => version === 2 }), { streamId: "a" });
  expect(steps.map(({ failure }) => failure)).toEqual([null, "cannot take version 2"]);
  expect(await sums(db)).toEqual([{ id: "a", n: 3 }]);
});

it("Postgres refuses a projection that would write to a live table, and nothing is written", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a"]);
  const reckless = sumOfStream();
  const writing = {
    ...reckless,
    store: async (tx: Database) => void (await tx.query(sql`INSERT INTO public.sums VALUES ('x', 1)`)),
  };
  await expect(stepProjection(db, writing as unknown as typeof reckless, { streamId: "a" })).rejects.toThrow(
    "read-only",
  );
  expect(await sums(db)).toEqual([]);
});

it("a step waits for no delivery and delays none", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "a"]);
  const held = Promise.withResolvers<void>();
  const reading = Promise.withResolvers<void>();
  const slow = sharedRow({
    async onRead() {
      reading.resolve();
      await held.promise;
    },
  });
  const stepping = stepProjection(db, slow, { streamId: "a" });
  await reading.promise;
  await catchUp(db, logger, sharedRow());
  await publish(db, ["b"]);
  await catchUp(db, logger, sharedRow());
  held.resolve();
  const { steps, shared } = await stepping;
  expect([shared, steps.at(-1)?.rows[0]?.after]).toEqual([true, { id: "all", n: 2 }]);
  expect(await sums(db)).toEqual([{ id: "all", n: 3 }]);
});
