/** What a rebuild and stepping take for granted of a projection, on a history that has something for each. */
import {
  catalogueOf,
  compareProjection,
  executeIn,
  readLog,
  rebuildNext,
  requestRebuild,
  stepProjection,
} from "@tillstream/eventing";
import { raw, sql } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountAggregate } from "./account/index.ts";
import { placeOrder } from "./checkout/index.ts";
import { accountStatementProjection } from "./account/projections/account-statement.ts";
import { modules } from "./modules.ts";
import { requestCancellation } from "./shipping/index.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";

const projections = modules.flatMap((module) => module.projections);
const gateway = createTestGateway();
let shop: TestShop;

beforeAll(async () => {
  shop = await createTestShop();
  for (const accountId of [shopper.id, "shopper-2"])
    for (const command of [
      { type: "open", accountId, currency: "USD" },
      { type: "deposit", amount: 50_000, currency: "USD" },
    ] as const)
      await executeIn(shop.database, accountAggregate, accountId, command, {
        correlationId: "c",
        causationId: "c",
        actor: "system",
      });
  const place = (user: typeof shopper | null, input: Parameters<typeof orderInput>[0]) =>
    placeOrder(shop.context({ user }), orderInput(input));
  const { orderId } = await place(null, {});
  await place(shopper, { payment: { method: "account" } });
  await place(null, { payment: { method: "card", token: "tok_chargeDeclined" } });
  await shop.settle(gateway);
  await requestCancellation(shop.context(), orderId);
  await shop.settle(gateway);
  await shop.ship(gateway);
});
afterAll(() => shop[Symbol.asyncDispose]());

/** The rows of a table, each by itself, with the first column of their primary key. */
async function rowsOf(table: string): Promise<ReadonlyMap<string, string>> {
  const [key] = await shop.database.query<{ column: string }>(sql`
    SELECT attname::text AS column FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
    WHERE indrelid = ${table}::regclass AND indisprimary`);
  const rows = await shop.database.query<{ leading: string; row: string }>(
    sql`SELECT ${raw(key?.column ?? "")}::text AS leading, t::text AS row FROM ${raw(table)} t ORDER BY 2`,
  );
  expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length);
  return new Map(rows.map(({ leading, row }) => [row, leading]));
}

it.each(projections)("an event changes only rows of $name that its key leads to", async (projection) => {
  const { database: db } = shop;
  const catalogue = catalogueOf(projection);
  const shadow = `rebuild.${projection.tables[0]}`;
  await requestRebuild(db, projections, projection.name, "test");
  let before: ReadonlyMap<string, string> = new Map();
  let changes = 0;
  for (let after = 0; (await rebuildNext(db, projection, catalogue, 1))?.swapped === false; after += 1) {
    const [event] = (await readLog(db, after, 1)).flatMap((one) => catalogue.read(one) ?? []);
    const rows = await rowsOf(shadow);
    const changed = [...rows, ...before].filter(([row]) => !(rows.has(row) && before.has(row)));
    const leading = event === undefined ? undefined : projection.leadingKey(projection.key(event as never));
    for (const [, of] of changed) expect(of).toBe(leading);
    changes += changed.length;
    before = rows;
  }
  expect(changes).toBeGreaterThan(1);
});

const streams = async () =>
  (await shop.database.query<{ id: string }>(sql`SELECT DISTINCT stream_id AS id FROM event_log`)).map(({ id }) => id);

it.each(projections)("stepping $name over any stream ends with the rows that are stored", async (projection) => {
  const { database: db } = shop;
  const live: unknown[] = [];
  for (const table of projection.tables)
    live.push(
      ...(await db.query<{ row: object }>(sql`SELECT to_json(t) AS row FROM ${raw(table)} t`)).map(({ row }) => row),
    );
  let stepped = 0;
  for (const streamId of await streams()) {
    const { steps, truncated } = await stepProjection(db, projection, { streamId });
    expect([truncated, steps.filter(({ failure }) => failure !== null)]).toEqual([false, []]);
    const last = new Map(steps.flatMap(({ rows }) => rows.map((row) => [JSON.stringify(row.key), row.after] as const)));
    for (const { event } of steps) {
      const readable = catalogueOf(projection).read(event) as never;
      if (projection.streamOf !== undefined)
        expect(projection.streamOf(projection.leadingKey(projection.key(readable)))).toBe(streamId);
    }
    if (projection.streamOf !== undefined) for (const row of last.values()) expect(live).toContainEqual(row);
    stepped += last.size;
    expect(await compareProjection(db, projection, { streamId })).toMatchObject({ agrees: true, rows: [] });
  }
  expect(stepped).toBeGreaterThanOrEqual(live.length);
  const whole = await compareProjection(db, projection, "all");
  expect(whole).toMatchObject({ agrees: true, compared: live.length });
});

it("with one line of a projection changed, the comparison shows the first row that parts", async () => {
  const changed: typeof accountStatementProjection = {
    ...accountStatementProjection,
    project: (before: never, event: never) => {
      const { type, data, ...rest } = event as { type: string; data: { amount: number } };
      const doubled = type === "HoldCaptured" ? { ...data, amount: 2 * data.amount } : data;
      return accountStatementProjection.project(before, { ...rest, type, data: doubled } as never);
    },
  };
  const { rows } = await compareProjection(shop.database, changed, { streamId: `account-${shopper.id}` });
  expect(rows[0]).toMatchObject({
    key: { version: 4 },
    stored: { type: "payment" },
    parts: [{ type: "HoldCaptured", version: 4 }, {}],
  });
});

it.each(projections)("$name is rebuilt row by row from what is left of it", async (projection) => {
  const { database: db } = shop;
  const [table = ""] = projection.tables;
  const good = await rowsOf(table);
  await db.query(sql`DELETE FROM ${raw(table)} WHERE ctid = (SELECT max(ctid) FROM ${raw(table)})`);
  await requestRebuild(db, projections, projection.name, "test");
  while ((await rebuildNext(db, projection, catalogueOf(projection), 100, { mergeRows: 1 }))?.swapped === false);
  expect(await rowsOf(table)).toEqual(good);
});
