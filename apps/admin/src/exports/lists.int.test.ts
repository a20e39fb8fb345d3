/** Every list that the console gives as a file, from the files' own list. */
import { createDatabase } from "@tillstream/db";
import type { ShopDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { readShopFacts } from "@tillstream/commerce/settings";
import { createLogger, sql } from "@tillstream/runtime";
import { commandContext, inProcessServices } from "@tillstream/trpc";
import type { Role } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCaller } from "./caller.ts";
import { UnreadableFilter } from "./exported.ts";
import { lists, openExport } from "./lists.ts";

let test: TestDatabase;
let db: ShopDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  db = createDatabase({ url: test.appUrl, max: 4, applicationName: "test", connectTimeoutMs: 20_000 }, test.database);
  const code = { code: "SPRING-10", kind: "amount", value: 1_250, minimum: 5_000, reason: "a test" } as const;
  await as("operator").discounts.create(code);
});
afterAll(async () => {
  await db.close();
  await test[Symbol.asyncDispose]();
});

function as(role: Role) {
  const services = inProcessServices({
    db,
    secret: "a secret of the tests",
    shop: readShopFacts(),
    logger: createLogger("test", "silent"),
  });
  const user = { id: role, name: role, email: `${role}@example.com`, role };
  return createCaller(commandContext({ ...services, user, correlationId: "a-test", idempotencyKey: null }));
}

async function all<Row>(rows: AsyncIterable<Row> | undefined): Promise<Row[]> {
  const read: Row[] = [];
  if (rows !== undefined) for await (const row of rows) read.push(row);
  return read;
}

const open = (name: string, query: string) => openExport(name, as("viewer"), new URLSearchParams(query));

async function refusedFields(name: string, query: string): Promise<readonly unknown[]> {
  const error: unknown = await open(name, query)?.catch((cause: unknown) => cause);
  return error instanceof UnreadableFilter ? error.fields.map(({ field, rule }) => [field, rule.length > 0]) : [error];
}

describe.each(Object.entries(lists))("/export/%s", (name, { filters }) => {
  it("opens", async () => {
    const file = await open(name, "");
    const [head = [], ...rows] = await all(file?.lines());
    expect([head.length >= 3, rows.length]).toEqual([true, (await all(file?.items())).length]);
  });

  it.each(filters)("refuses a %s that no filter can read, by its name", async (filter) => {
    expect(await refusedFields(name, `${filter}=%00`)).toContainEqual([filter, true]);
  });

  it.each(["cursor", "limit", "before", "after", "banana"])("refuses %s, which is no filter of it", async (field) => {
    expect(await refusedFields(name, `${field}=x`)).toEqual([[field, true]]);
  });
});

it.each([
  ["returns", "status=x", "status"],
  ["orders", "status=x", "status"],
  ["orders", "sort=biggest", "sort"],
  ["orders", "status=shipped&status=pending", "status"],
  ["accounts", "min=banana", "min"],
  ["accounts", "min=-1", "min"],
  ["stock", "low=perhaps", "low"],
  ["events", "from=banana", "from"],
  ["announced-returns", "status=lost", "status"],
  ["accounts", "min=12abc", "min"],
  ["accounts", "min=0x10", "min"],
  ["accounts", "min=1e3", "min"],
  ["accounts", "min=%241,250.50", "min"],
  ["orders", "__proto__=1", "__proto__"],
])("/export/%s?%s names %s", async (name, query, field) => {
  expect(await refusedFields(name, query)).toEqual([[field, true]]);
});

it.each([
  ["orders", "status=banana", "There is no status banana. It is one of pending, confirmed, shipped,"],
  ["accounts", "min=12abc", "min is a number, such as 12.50."],
  ["events", "from=banana", "from is a time, such as 2026-11-30T08:00:00Z."],
  ["events", "banana=1", "banana is not a filter of this file, which has type,"],
])("/export/%s?%s says so in a sentence", async (name, query, sentence) => {
  await expect(open(name, query)).rejects.toThrow(sentence);
});

it("money is a decimal amount with its currency, in a CSV and in JSON alike", async () => {
  const file = await open("discounts", "");
  const [head = [], row = []] = await all(file?.lines());
  const cells = Object.fromEntries(head.map((title, index) => [title, row[index]]));
  expect(cells).toMatchObject({ Amount: "12.50", "From goods of": "50.00", Currency: "USD" });
  expect(await all(file?.items())).toMatchObject([{ value: "12.50", minimum: "50.00", currency: "USD" }]);
});

it("accounts are exported with their holders and sums beyond an integer of the database, from such a minimum", async () => {
  await test.database.query(sql`
    INSERT INTO account_view (account_id, currency, balance, held, available, version, opened_at, updated_at)
    SELECT 'shopper-' || balance, 'USD', balance, 0, balance, 1, now(), now() FROM unnest(${[2 ** 31 - 1, 4_800_000_001]}::bigint[]) balance`);
  await test.database.query(
    sql`INSERT INTO customers (id, email, name) VALUES ('shopper-4800000001', 'ida@example.com', 'Ida')`,
  );
  const lines = async (query: string) => (await all((await open("accounts", query))?.lines())).slice(1);
  const richest = ["shopper-4800000001", "48000000.01", "USD", "Ida"];
  expect(await lines("min=21474836.48")).toEqual([richest]);
  expect(await lines("")).toEqual([richest, ["shopper-2147483647", "21474836.47", "USD", ""]]);
});
