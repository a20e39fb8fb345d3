import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { registerCustomer } from "./index.ts";

const other: SessionUser = { ...shopper, id: "otto", email: "otto@example.com" };
const at = (line1: string) => ({ name: "Ines", line1, city: "Oakland", postalCode: "94607", country: "US" as const });

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  for (const user of [shopper, other]) await registerCustomer(shop.database, user);
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => shop.database.query(sql`DELETE FROM customer_addresses`));

const as = (user: SessionUser) => createCallerFactory(shopRouter)(shop.context({ user })).addresses;
const list = () => as(shopper).list();
const save = (input: Parameters<ReturnType<typeof as>["save"]>[0]) => as(shopper).save(input);
const remove = (id: string) => as(shopper).remove({ id });
const lines = ({ items }: Awaited<ReturnType<typeof list>>) =>
  items.map(({ address, isDefault }) => `${address.line1}${isDefault ? "*" : ""}`);

it("the first address is the default, another becomes it when it is chosen, and the newest takes the place of one that is removed", async () => {
  expect(await list()).toEqual({ items: [] });
  expect(lines(await save({ address: at("A") }))).toEqual(["A*"]);
  expect(lines(await save({ address: at("B") }))).toEqual(["A*", "B"]);
  expect(lines(await save({ address: at("C"), isDefault: true }))).toEqual(["C*", "B", "A"]);
  const [c] = (await list()).items;
  expect(lines(await save({ id: c?.id, address: at("C2") }))).toEqual(["C2*", "B", "A"]);
  expect(lines(await remove(c?.id ?? ""))).toEqual(["B*", "A"]);
});

it("nobody sees, changes or removes another's", async () => {
  const [mine] = (await save({ address: at("A") })).items;
  const id = mine?.id ?? "";
  expect(await as(other).list()).toEqual({ items: [] });
  await expect(as(other).save({ id, address: at("Z") })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(as(other).remove({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(lines(await list())).toEqual(["A*"]);
});

it("the same address is saved once, however it is spelt in capitals, spaces and accents, and can be changed into no other", async () => {
  await save({ address: at("A Road") });
  const b = (await save({ address: at("B Road") })).items.find(({ address }) => address.line1 === "B Road");
  const refusal = { code: "CONFLICT", cause: { code: "ADDRESS_SAVED", fields: [{ field: "address" }] } };
  await expect(save({ address: at("a road") })).rejects.toMatchObject(refusal);
  await expect(save({ address: at(" A  Road\u00a0") })).rejects.toMatchObject(refusal);
  await expect(save({ id: b?.id, address: at("A Road") })).rejects.toMatchObject(refusal);
  expect(lines(await save({ id: b?.id, address: at("B Road"), isDefault: true }))).toEqual(["B Road*", "A Road"]);
});

it("at most twenty are kept, with one default, however many are saved at a time", async () => {
  const saved = await Promise.allSettled(
    Array.from({ length: 25 }, (_, number) => save({ address: at(String(number)), isDefault: true })),
  );
  expect(saved.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  const { items } = await list();
  expect([items.length, items.filter(({ isDefault }) => isDefault).length]).toEqual([20, 1]);
});

it("an accent is part of its letter, also in an address that was saved before that was so", async () => {
  const [composed, apart] = [at("3 Rue de l\u2019\u00c9glise"), at("3 Rue de l\u2019E\u0301glise")];
  const [saved] = (await save({ address: apart })).items;
  expect(saved?.address).toEqual(composed);
  await shop.database.query(sql`UPDATE customer_addresses SET address = ${JSON.stringify(apart)}::jsonb`);
  await expect(save({ address: composed })).rejects.toMatchObject({ code: "CONFLICT" });
});

it("a line is as long as its characters are many", async () => {
  const long = "\u{1f3e1}".repeat(200);
  expect(lines(await save({ address: at(long) }))).toEqual([`${long}*`]);
  await expect(save({ address: at(`${long}a`) })).rejects.toMatchObject({
    cause: { fields: [{ field: "address.line1", rule: "<= 200", message: "at most 200 characters" }] },
  });
});

it("an address is one that mail can reach", async () => {
  await expect(save({ address: { ...at("A"), postalCode: "x" } })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
