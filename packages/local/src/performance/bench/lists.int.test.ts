/** The console's lists are timed and none of them, nor any of their filters, is left out. */
import { adminRouter, placeOrder } from "@tillstream/commerce";
import { createTestGateway, createTestShop, orderInput, proceduresOf } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { consoleOf, countsOf, listsOf } from "./console-lists.ts";
import { benchLists } from "./lists.ts";

/** They choose no rows. */
const NO_FILTERS = ["cursor", "limit", "withData", "minVersion"];
/** Who one is, and what there is only where faults may be switched. */
const NO_COUNTS = ["session.me", "faults.get"];

const objectSchema = z.object({ type: z.literal("object"), properties: z.record(z.string(), z.unknown()).default({}) });

/** Of the console's queries: the fields of their inputs. */
const queries = () =>
  proceduresOf(adminRouter)
    .filter(({ type }) => type === "query")
    .flatMap(({ path, schema }) => {
      const { data } = objectSchema.safeParse(schema);
      const required = z.array(z.string()).default([]).parse(schema.required);
      return data === undefined ? [] : [{ path, fields: Object.keys(data.properties), required }];
    });

it("every list of the console is timed with each filter at each of its pages, and everything that it counts", async () => {
  await using shop = await createTestShop();
  for (let placed = 0; placed < 3; placed += 1) await placeOrder(shop.context(), orderInput());
  await shop.settle(createTestGateway());
  await shop.database.query(sql`
    INSERT INTO audit (at, actor, action, subject, reason, correlation_id)
    SELECT now(), 'system', 'a.change', 'n' || n, 'a test', 'c' FROM generate_series(1, 120) n`);
  const ask = consoleOf(shop.context());
  const [lists, counts] = [await listsOf(ask), Object.keys(countsOf(ask))];
  const figures: string[] = [];
  for await (const { name, measured } of benchLists(shop.context(), 1)) {
    expect(measured).toMatch(/ ms/);
    figures.push(name);
  }
  const filters = (path: string) =>
    new Set(lists.flatMap(({ name, filter }) => (name === path ? Object.keys(filter) : [])));
  for (const { path, fields } of queries().filter((query) => query.fields.includes("cursor"))) {
    expect([path, filters(path)]).toEqual([path, new Set(fields.filter((field) => !NO_FILTERS.includes(field)))]);
    expect(figures.some((name) => name.startsWith(path) && name.endsWith("first page"))).toBe(true);
  }
  const takingNothing = queries().filter(({ fields, required }) => required.length === 0 && !fields.includes("cursor"));
  expect([...counts, ...NO_COUNTS].toSorted()).toEqual(takingNothing.map(({ path }) => path).toSorted());
  const pages = ["first", "middle", "last"].map((page) => `audit.list, ${page} page`);
  expect(figures).toEqual(expect.arrayContaining([...counts, ...pages]));
});
