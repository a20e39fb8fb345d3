import { createLogger, sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { catchUp } from "../deployment/drain.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { defineProjection } from "../subscription/projection.ts";
import { Added } from "../testing/counter.ts";
import { createDatabaseWithSums, sumsView } from "../testing/sums.ts";
import { publish } from "../testing/subscribing.ts";
import { rebuildNext, requestRebuild } from "./rebuild.ts";

const STREAMS = Array.from({ length: 12 }, (_, index) => `s${String(index).padStart(2, "0")}`);

it("the rows of one leading key are merged together, those of all the tables", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  for (const schema of [sql`public`, sql`rebuild`])
    await db.query(sql`CREATE TABLE ${schema}.entries (n integer NOT NULL, id text NOT NULL, PRIMARY KEY (id, n))`);
  interface Ledger {
    readonly sum: number;
    readonly entries: readonly number[];
  }
  const ledgers = defineProjection<Ledger, readonly [typeof Added]>({
    name: "ledgers",
    definitions: [Added],
    tables: ["sums", "entries"],
    key: (event) => event.streamId,
    project: (ledger = { sum: 0, entries: [] }, { data }) => {
      return { sum: ledger.sum + data.by, entries: [...ledger.entries, ledger.sum + data.by] };
    },
    async load(tx, keys) {
      const rows = await sumsView.load(tx, keys);
      return new Map([...rows].map(([key, { n }]) => [key, { sum: n, entries: [] }]));
    },
    async store(tx, views) {
      await sumsView.store(tx, new Map([...views].map(([id, { sum: n }]) => [id, { id, n }])));
      for (const [id, { entries }] of views)
        await tx.query(sql`INSERT INTO entries SELECT unnest(${entries}::int[]), ${id} ON CONFLICT DO NOTHING`);
    },
  });
  const whole = () =>
    db.query<{ id: string; whole: boolean }>(sql`
    SELECT coalesce(sums.id, lines.id) AS id, coalesce(sums.n = lines.highest AND lines.count = 5, false) AS whole
    FROM sums FULL JOIN (SELECT id, max(n) AS highest, count(*) AS count FROM entries GROUP BY id) lines USING (id) ORDER BY 1`);
  for (let round = 0; round < 5; round += 1) await publish(db, STREAMS, 10);
  await catchUp(db, createLogger("test", "silent"), ledgers);
  expect((await whole()).every((row) => row.whole)).toBe(true);
  await db.query(sql`DELETE FROM entries WHERE n < 40`);
  await db.query(sql`INSERT INTO entries SELECT 1, id FROM sums`);
  await db.query(sql`DELETE FROM sums WHERE id > 's04'`);
  await db.query(sql`INSERT INTO entries SELECT n, 'ghost' FROM generate_series(1, 20) AS n`);
  await requestRebuild(db, [ledgers], "ledgers", "test");
  let pieces = 1;
  for (
    ;
    (await rebuildNext(db, ledgers, catalogueOf(ledgers), 100, { mergeRows: 2 }))?.swapped === false;
    pieces += 1
  ) {
    const [rebuild] = await db.query<{ mergedTo: string }>(
      sql`SELECT merged_to AS "mergedTo" FROM projection_rebuilds`,
    );
    const rows = await whole();
    expect(rows.filter((row) => !row.whole).map(({ id }) => id > (rebuild?.mergedTo ?? ""))).not.toContain(false);
  }
  expect(pieces).toBeGreaterThan(STREAMS.length);
  expect((await whole()).every((row) => row.whole)).toBe(true);
  expect((await whole()).map(({ id }) => id)).toEqual(STREAMS);
});
