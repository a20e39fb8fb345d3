import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import type { PlacedOrder } from "../checkout/index.ts";
import { adminRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
/** By the first name of its recipient. */
const orders = new Map<string, PlacedOrder>();

const PEOPLE = [
  ["Ines Moreau", "ines.moreau@example.com"],
  ["Zoë Ångström-O'Brien", "Zoe_A@example.com"],
  ["Jean-Luc Moreau-Petit", "jl@inesbread.test"],
  ["李 小龙", "100%@example.com"],
  ["Инес Моро", "post@xn--80a1acny.xn--p1ai"],
] as const;

beforeAll(async () => {
  shop = await createTestShop();
  for (const [name, email] of PEOPLE) {
    const shippingAddress = { ...orderInput().shippingAddress, name };
    const placed = await placeOrder(shop.context(), orderInput({ email, shippingAddress }));
    orders.set(name.split(" ")[0] ?? "", placed);
  }
  await shop.settle(createTestGateway());
  await shop.ship(createTestGateway());
});
afterAll(() => shop[Symbol.asyncDispose]());

const as = (role: SessionUser["role"]) =>
  createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role } }));
const order = (name: string) => orders.get(name) ?? expect.fail(`nobody is called ${name}`);

/** Whose orders are found, the newest first. */
async function found(search: string): Promise<string[]> {
  const { items } = await as("viewer").orders.list({ search });
  return items.map(({ orderId }) => [...orders].find(([, placed]) => placed.orderId === orderId)?.[0] ?? orderId);
}

it("a domain is found in its own letters and in those of the DNS", async () => {
  expect(await found("post@почта.рф")).toEqual(["Инес"]);
  expect(await found("post@xn--80a1acny")).toEqual(["Инес"]);
});

it("an order is found by each of the names that it goes by, whole and not in part", async () => {
  const { orderId, number } = order("Ines");
  const [names] = await shop.database.query<{ charge: string; tracking: string }>(sql`
    SELECT charge_id AS charge, tracking_number AS tracking FROM orders JOIN shipments ON order_id = id WHERE id = ${orderId}`);
  const { charge, tracking } = names ?? expect.fail("it was not shipped");
  for (const name of [
    number,
    number.toLowerCase().replace("-", ""),
    orderId,
    charge,
    tracking,
    tracking.toLowerCase(),
  ]) {
    expect([name, await found(name)]).toEqual([name, ["Ines"]]);
    expect([name, await found(name.slice(0, -1))]).toEqual([name, []]);
  }
});

it.each([
  ["ines.moreau@example.com", ["Ines"]],
  ["INES.Moreau@Example.com", ["Ines"]],
  ["ines.mo", ["Ines"]],
  ["zoe_a", ["Zoë"]],
  ["in_s.moreau@example.com", []],
  ["100%@", ["李"]],
  ["1%@", []],
  ["moreau@example.com", []],
])("an e-mail address that begins with %j is that of %j", async (typed, people) => {
  expect(await found(typed)).toEqual(people);
});

it.each([
  ["Ines", ["Ines"]],
  ["mor", ["Jean-Luc", "Ines"]],
  ["MOREAU ine", ["Ines"]],
  ["ines petit", []],
  ["zoe", ["Zoë"]],
  ["Zoë", ["Zoë"]],
  ["angstrom", ["Zoë"]],
  ["o'brien", ["Zoë"]],
  ["luc", ["Jean-Luc"]],
  ["jean-luc moreau-petit", ["Jean-Luc"]],
  ["小", ["李"]],
  ["oreau", []],
])("the words of a name that begin like %j are those of %j", async (typed, people) => {
  expect(await found(typed)).toEqual(people);
});

it("a search goes with the status and from page to page, the newest first", async () => {
  const list = as("viewer").orders.list;
  expect((await list({ search: "moreau", status: "shipped" })).items).toHaveLength(2);
  expect((await list({ search: "moreau", status: "cancelled" })).items).toEqual([]);
  const first = await list({ search: "moreau", limit: 1 });
  const second = await list({ search: "moreau", limit: 1, cursor: first.nextCursor ?? expect.fail() });
  const ids = [...first.items, ...second.items].map(({ orderId }) => orderId);
  expect([ids, second.nextCursor]).toEqual([[order("Jean-Luc").orderId, order("Ines").orderId], null]);
});

it("typed text is only searched for, never run as SQL", async () => {
  for (const typed of ["'", "' | !x:*", ":*", "x & b", "\\", "%", "_", "--", "''; DROP TABLE orders", "🌿", "()"]) {
    expect([typed, await found(typed)]).toEqual([typed, []]);
  }
});

it("a filter that the list does not know is refused by name, instead of answering with everything", async () => {
  for (const field of ["serach", "email"]) {
    const input: object = { [field]: "Ines" };
    const error = await as("viewer")
      .orders.list(input)
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof TRPCError)) return expect.fail("it was answered");
    expect(errorData(error).fields).toMatchObject([{ field, rule: "unknown field" }]);
  }
});

it("the console's search gives what it found with its kind and where it leads, to the merchant alone", async () => {
  const { orderId, number } = order("Ines");
  const found = async (text: string) => (await as("viewer").search.find({ text })).hits;
  const hit = { kind: "order", id: orderId, title: `Order ${number}`, detail: "shipped", href: `/orders/${orderId}` };
  expect((await found(number))[0]).toEqual(hit);
  const kindsOf = async (text: string) => (await found(text)).map(({ kind, href }) => `${kind} ${href}`);
  expect(await kindsOf(`order-${orderId}`)).toEqual([`stream /streams/order-${orderId}`]);
  expect(await kindsOf(`order-${orderId}:1`)).toEqual([`event /events/order-${orderId}%3A1`]);
  expect(await kindsOf(orderId)).toContain(`saga /sagas/checkout%3A${orderId}`);
  const [created] = await shop.database.query<{ id: string }>(sql`
    SELECT metadata ->> 'correlationId' AS id FROM events WHERE event_id = ${`order-${orderId}:1`}`);
  expect(await kindsOf(created?.id ?? "")).toEqual([`correlation /flow/${created?.id}`]);
  expect((await found("Ines")).map(({ kind }) => kind)).toEqual(expect.arrayContaining(["order", "customer"]));
  expect((await found(`${number}-R1`))[0]).toEqual(hit);
  expect(await kindsOf("mug")).toContain("product /catalogue/mug");
  expect(await kindsOf("order_view")).toEqual(["projection /projections/order_view"]);
  expect(await found("nobody")).toEqual([]);
  await expect(as("shopper").search.find({ text: number })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

it("an order that its list does not have yet is found by its number and its id, and said to be none of it", async () => {
  const { orderId, number } = await placeOrder(shop.context(), orderInput({ email: "late@example.com" }));
  for (const name of [number.toLowerCase(), orderId]) {
    expect(await as("viewer").orders.list({ search: name, status: "shipped" })).toMatchObject({
      items: [],
      notYetListed: { orderId, number },
    });
    expect((await as("viewer").search.find({ text: name })).hits).toContainEqual(
      expect.objectContaining({ kind: "order", id: orderId, detail: "not yet in the list" }),
    );
  }
  expect(await as("viewer").orders.list({ search: "late@example.com" })).toMatchObject({ notYetListed: null });
  expect(await as("viewer").orders.list({ search: order("Ines").number })).toMatchObject({ notYetListed: null });
});

it("the run of an order is found by the order's number", async () => {
  const { orderId, number } = order("Ines");
  for (const subject of [number, number.toLowerCase().replace("-", ""), orderId]) {
    const { items } = await as("viewer").sagas.list({ subject });
    expect(items.map(({ sagaId }) => sagaId)).toEqual([`checkout:${orderId}`]);
  }
  expect((await as("viewer").sagas.list({ subject: "00000-00000" })).items).toEqual([]);
});
