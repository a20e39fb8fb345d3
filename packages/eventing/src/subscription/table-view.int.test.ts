import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { column, nullable, tableView } from "./table-view.ts";
import type { RowOf } from "./table-view.ts";

const samples = tableView({
  table: "samples",
  key: ["owner", "onDay"],
  columns: {
    owner: "text",
    onDay: "date",
    kind: column<"a" | "b">("text"),
    tags: "text[]",
    howMany: "integer",
    total: "bigint",
    exact: "numeric",
    isOpen: "boolean",
    seenAt: "timestamptz",
    body: column<{ readonly lines: readonly number[]; readonly note: string | null }>("jsonb"),
    maybeText: nullable<string>("text"),
    maybeAt: nullable<string>("timestamptz"),
    maybeBody: nullable<{ readonly of: string }>("jsonb"),
  },
});
type Sample = RowOf<typeof samples>;

const createTable = (db: SqlExecutor) =>
  db.query(sql`
    CREATE TABLE samples (
      owner text, on_day date, kind text NOT NULL, tags text[] NOT NULL, how_many integer NOT NULL, total bigint NOT NULL,
      exact numeric NOT NULL, is_open boolean NOT NULL, seen_at timestamptz NOT NULL, body jsonb NOT NULL,
      maybe_text text, maybe_at timestamptz, maybe_body jsonb, PRIMARY KEY (owner, on_day))`);

const storable = fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll("\0", "").toWellFormed());
const instant = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());

const sample: fc.Arbitrary<Sample> = fc.record({
  owner: storable,
  onDay: instant.map((at) => at.slice(0, 10)),
  kind: fc.constantFrom("a", "b"),
  tags: fc.array(storable, { maxLength: 3 }),
  howMany: fc.integer(),
  total: fc.maxSafeInteger(),
  exact: fc.bigInt().map((digits) => `${digits}.25`),
  isOpen: fc.boolean(),
  seenAt: instant,
  body: fc.record({ lines: fc.array(fc.integer(), { maxLength: 3 }), note: fc.option(storable) }),
  maybeText: fc.option(storable),
  maybeAt: fc.option(instant),
  maybeBody: fc.option(fc.record({ of: storable })),
});

const keyed = (rows: readonly Sample[]) => new Map(rows.map((row) => [samples.keyOf(row), row]));

/** Every driver's transactions. */
const drivers: readonly [string, (url: string, plain: Database) => Database & { close?(): Promise<void> }][] = [
  ["pg", (_, plain) => plain],
  ["Prisma", (url) => createDatabase({ url, max: 2, applicationName: "test" })],
];

it.each(drivers)(
  "by %s, rows load as they were stored, with any content, and the later of one key counts",
  async (_, connect) => {
    await using test = await createTestDatabase();
    const db = connect(test.url, test.database);
    await createTable(test.database);
    const property = fc.asyncProperty(fc.array(sample, { minLength: 1, maxLength: 5 }), sample, async (rows, later) => {
      const [first] = rows;
      const stored = keyed(rows);
      const wanted = [...stored.keys(), samples.keyOf({ owner: "nobody", onDay: "2026-01-01" })];
      const changed = keyed([{ ...later, owner: first?.owner ?? "", onDay: first?.onDay ?? "" }]);
      await db.transaction(async (tx) => {
        await samples.store(tx, stored);
        expect(await samples.load(tx, wanted)).toEqual(stored);
        await samples.store(tx, changed);
        expect(await samples.load(tx, [...changed.keys()])).toEqual(changed);
        const selected = await tx.query<Sample>(
          sql`SELECT ${samples.selected} FROM samples WHERE owner = ${first?.owner}`,
        );
        expect(selected).toContainEqual([...changed.values()][0]);
      });
    });
    try {
      await fc.assert(property, { numRuns: 50 });
    } finally {
      await db.close?.();
    }
  },
);

it("the key of one column is its text", () => {
  const counts = tableView({ table: "counts", key: ["owner"], columns: { owner: "text", left: "integer" } });
  expect(counts.keyOf({ owner: "a/1" })).toBe("a/1");
  expect(counts.leadingKey("a/1")).toBe("a/1");
  expect(samples.leadingKey(samples.keyOf({ owner: "a/1", onDay: "2026-01-01" }))).toBe("a/1");
});
