/**
 * Every input of every procedure, against a real database: whatever is sent, no answer is a fault of ours, and what no
 * text can hold, no input knows and no list gave out is refused by the name of its field.
 */
import type { JsonSchema } from "@tillstream/eventing";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeOrder } from "./checkout/index.ts";
import { adminRouter, shopRouter } from "./routers.ts";
import { arbitraryOf } from "./testing/arbitrary-of.ts";
import { objectsIn, textsIn, withValue } from "./testing/at-path.ts";
import { examples, proceduresOf } from "./testing/procedures.ts";
import type { Procedure } from "./testing/procedures.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";

/** No search whatever is an error. */
const ANY_TEXT = "search";
const RUNS_PER_PROCEDURE = 8;
const TEST_TIMEOUT_MS = 60_000;

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  const context = shop.context({ ids: { next: () => "known" } });
  await placeOrder(context, orderInput());
  await shop.settle(createTestGateway());
});
afterAll(() => shop[Symbol.asyncDispose]());

type Call = (input: unknown) => Promise<unknown>;

interface Callable extends Procedure {
  readonly call: Call;
}

function callable(procedure: Procedure, callerOf: () => unknown): Callable {
  const [group = "", name = ""] = procedure.path.split(".");
  const call: Call = async (sent) => (callerOf() as Record<string, Record<string, Call>>)[group]?.[name]?.(sent);
  return { ...procedure, call };
}

const as = (role: SessionUser["role"]) => shop.context({ user: { ...shopper, role } });
const procedures = [
  ...proceduresOf(shopRouter).map((each) => callable(each, () => createCallerFactory(shopRouter)(as("shopper")))),
  ...proceduresOf(adminRouter).map((each) => callable(each, () => createCallerFactory(adminRouter)(as("admin")))),
];

function omit(properties: Readonly<Record<string, JsonSchema>>, name: string): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name));
}

const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(() => undefined).catch((error: unknown) => error);

const fieldsNamed = (error: unknown) =>
  error instanceof TRPCError ? errorData(error).fields?.map(({ field }) => field) : [];

/** The procedure with an example for each of its text fields. */
function withTextFields(procedure: Callable) {
  const tried = new Map<string, { readonly example: unknown; readonly path: readonly string[] }>();
  for (const example of examples(procedure.schema))
    for (const path of textsIn(example).filter((found) => found.join(".") !== ANY_TEXT))
      tried.set(path.join("."), { example, path });
  return { ...procedure, fields: [...tried.values()] };
}

describe.each(procedures.map(withTextFields).filter(({ fields }) => fields.length > 0))("$path", ({ fields, call }) => {
  it("names the field of a text that cannot be stored", { timeout: TEST_TIMEOUT_MS }, async () => {
    for (const { example, path } of fields) {
      for (const unstorable of ["half \ud800", "NUL \u0000"]) {
        const error = await failure(call(withValue(example, path, unstorable)));
        const told = error instanceof TRPCError ? { code: error.code, fields: errorData(error).fields } : error;
        expect(told, path.join(".")).toMatchObject({ code: "BAD_REQUEST" });
        expect((told as { fields?: { field: string }[] }).fields?.map(({ field }) => field)).toContain(path.join("."));
      }
    }
  });
});

/** What a person says, and where a parcel goes. */
const SAID = /^(?:reason|note|shippingAddress\.(?:name|line1|city))$/;

const saying = procedures
  .map(withTextFields)
  .map(({ fields, ...procedure }) => ({ ...procedure, fields: fields.filter(({ path }) => SAID.test(path.join("."))) }))
  .filter(({ fields }) => fields.length > 0);

describe.each(saying)("$path", ({ fields, call }) => {
  it("takes nothing for an answer that nobody can see", async () => {
    for (const { example, path } of fields) {
      const error = await failure(call(withValue(example, path, "\u3164\u200b\u202e")));
      expect(error).toMatchObject({ code: "BAD_REQUEST" });
      expect(fieldsNamed(error)).toContain(path.join("."));
    }
  });
});

it("every procedure that asks for a reason is among those", () => {
  expect(saying.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["orders.cancel", "sagas.resolve", "stock.receive"]),
  );
});

/** The inputs that hold anything: the data of an event, and the input of a run, which its saga parses. */
const ANY_DATA: readonly string[] = ["deadLetters.editAndRetry", "sagas.fork"];

describe.each(procedures)("$path", ({ path, schema, call }) => {
  it("refuses a field that it does not know by its name, however deep it is", async () => {
    const tried = new Set<string>();
    for (const example of examples(schema)) {
      for (const at of objectsIn(example).filter((found) => !ANY_DATA.includes(path) || found.length === 0)) {
        if (tried.has(at.join("."))) continue;
        tried.add(at.join("."));
        const error = await failure(call(withValue(example, [...at, "unasked"], "x")));
        expect(error).toMatchObject({ code: "BAD_REQUEST" });
        expect(fieldsNamed(error)).toContain([...at, "unasked"].join("."));
      }
    }
    expect(tried).toContain("");
  });
});

const paged = procedures.filter(({ schema }) => Object.hasOwn(schema.properties ?? {}, "cursor"));

it("every list that is read page by page is among those walked", () => {
  expect(paged.map(({ path }) => path).toSorted()).toEqual([
    "account.statement",
    "accounts.search",
    "accounts.statement",
    "alerts.list",
    "audit.list",
    "catalogue.list",
    "catalogue.list",
    "customers.list",
    "deadLetters.list",
    "discounts.list",
    "events.list",
    "orders.announcedReturns",
    "orders.list",
    "orders.mine",
    "orders.returns",
    "payments.findings",
    "sagas.list",
    "stock.ledger",
    "stock.list",
  ]);
});

describe.each(paged)("$path", ({ schema, call }) => {
  it.each(["garbage", "~", "-1", "1", "1~2~3", "0191d2a4-0000-7000-8000-000000000000", "eyJrIjoxfQ"])(
    "refuses the cursor %j, which it never gave out",
    async (garbage) => {
      const [example] = examples({ ...schema, properties: omit(schema.properties ?? {}, "cursor") });
      const error = await failure(call({ ...(example as object), cursor: garbage }));
      expect(error).toMatchObject({ code: "BAD_REQUEST" });
      expect(fieldsNamed(error)).toEqual(["cursor"]);
    },
  );
});

describe.each(procedures.filter(({ type }) => type !== "subscription"))("$path", ({ schema, call }) => {
  it("answers whatever is sent, or says what is wrong with it", { timeout: TEST_TIMEOUT_MS }, async () => {
    const unkind = (leaf: fc.Arbitrary<unknown>, { type: leafType }: JsonSchema) =>
      fc.oneof({ weight: 2, arbitrary: leaf }, leafType === "string" ? UNKIND_TEXT : UNKIND_NUMBER);
    const property = fc.asyncProperty(arbitraryOf(schema, unkind), async (input) => {
      const error = await failure(call(input));
      if (error === undefined) return;
      expect(error).toBeInstanceOf(TRPCError);
      expect((error as TRPCError).code).not.toBe("INTERNAL_SERVER_ERROR");
    });
    await fc.assert(property, { numRuns: RUNS_PER_PROCEDURE, seed: 42 });
  });
});

const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
const UNKIND_TEXT = fc.constantFrom(
  "",
  "half \ud800",
  "NUL \u0000",
  "abc~x",
  "9999999999~x",
  "2147483647~x",
  "2026-13-01T00:00:00.000Z~x",
  "2026-01-01T00:00:00.000Z~x",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59-23:59",
  "2026-01-01T00:00:00+23:59",
  cursor("NUL \u0000", "x", "mark"),
  cursor(2 ** 31, "x", "mark"),
  cursor(2 ** 53, "mark"),
  cursor("half \ud800", "half \ud800", "mark"),
  "999999999999999",
  "order-known",
  "account-known",
  "known",
  "checkout:known",
  "order_view",
  "$error('no')",
  "'; DROP TABLE orders; --",
  "a & | ! <-> :*",
);
const UNKIND_NUMBER = fc.constantFrom(-1, 0, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 63);

describe("what once ended as a fault of ours", () => {
  const call = (path: string, input: unknown) => procedures.findLast((one) => one.path === path)?.call(input);
  it.each([
    ["orders.list", { cursor: cursor("abc", "x", "mark") }, "cursor"],
    ["accounts.search", { minBalance: 0, cursor: cursor(9_999_999_999, "x", "mark") }, "cursor"],
    ["streams.stateAt", { streamId: "order-known", version: 2 ** 31 }, "version"],
    ["streams.read", { streamId: "order-known", afterVersion: 2 ** 31 }, "afterVersion"],
    ["streams.replay", { streamId: "order-known", afterVersion: 2 ** 31 }, "afterVersion"],
    ["streams.compare", { streamId: "order-known", from: 1, to: 2 ** 31 - 1 }, "to"],
    ["streams.changes", { streamId: "order-known", show: ["status"] }, "show.0"],
    ["events.list", { from: "0000-01-01T00:00:00Z" }, "from"],
    ["streams.firstWhere", { streamId: "order-known", where: "$error('no')" }, "where"],
    [
      "checkout.placeOrder",
      { ...orderInput(), shippingAddress: { ...orderInput().shippingAddress, name: "\ud800" } },
      "shippingAddress.name",
    ],
    ["deadLetters.editAndRetry", { id: "1", reason: "why", data: { note: ["\ud800"] } }, "data.note.0"],
  ])("%s of %j is refused by the name of its field", async (path, input, field) => {
    const error = await failure(call(path, input) ?? expect.fail(`there is no ${path}`));
    expect(error).toMatchObject({ code: "BAD_REQUEST" });
    expect(errorData(error as TRPCError).fields?.map((problem) => problem.field)).toEqual([field]);
  });
});
