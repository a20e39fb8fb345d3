import { sql } from "@tillstream/runtime";
import { createHttpHandler } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop, orderInput, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
let handle: (request: Request) => Promise<Response>;
beforeAll(async () => {
  shop = await createTestShop();
  handle = createHttpHandler({ router: shopRouter, services: shop.services, sessionOf: async () => null });
});
afterAll(() => shop[Symbol.asyncDispose]());

interface Refused {
  readonly error: {
    message: string;
    data: { code: string; reason: string; fields?: { field: string; rule: string }[] };
  };
}

function post(
  body: string | ReadableStream,
  headers: Record<string, string> = { "idempotency-key": "k" },
): Promise<Response> {
  return handle(
    new Request("http://shop.test/api/trpc/checkout.placeOrder", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
      ...(typeof body !== "string" && { duplex: "half" }),
    } as RequestInit),
  );
}

const order = (change: object) => JSON.stringify({ ...orderInput(), ...change });
const address = (change: object) => order({ shippingAddress: { ...orderInput().shippingAddress, ...change } });
const ONE_OF_THE_COUNTRIES = expect.stringContaining("one of US, CA, GB");
const lines = (...quantities: number[]) => ({ lines: quantities.map((quantity) => ({ sku: SKUS.mug, quantity })) });

async function nothingWritten(): Promise<void> {
  const rows = await shop.database.query<{ count: number }>(sql`
    SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM events) + (SELECT count(*) FROM idempotency_keys) AS count`);
  expect(rows[0]?.count).toBe(0);
}

describe("a bad order is refused with the field and the rule, and nothing is written", () => {
  it.each([
    ["an unknown sku", order({ lines: [{ sku: "NOPE", quantity: 1 }] }), "lines.0.sku", "known sku"],
    ["a quantity of zero", order(lines(0)), "lines.0.quantity", ">= 1"],
    ["a negative quantity", order(lines(1, -1)), "lines.1.quantity", ">= 1"],
    ["a fractional quantity", order(lines(1.5)), "lines.0.quantity", "int"],
    ["a huge quantity", order(lines(1_000_000_000)), "lines.0.quantity", "<= 999"],
    ["no lines", order({ lines: [] }), "lines", ">= 1"],
    ["more than 100 lines", order(lines(...Array.from({ length: 101 }, () => 1))), "lines", "<= 100"],
    ["another currency", order({ currency: "EUR" }), "currency", "one of USD"],
    [
      "a total in another currency",
      order({ expectedTotal: { amount: 1, currency: "EUR" } }),
      "expectedTotal.currency",
      "one of USD",
    ],
    ["a malformed e-mail", order({ email: "not an address" }), "email", "email"],
    ["an e-mail without a domain", order({ email: "a@" }), "email", "email"],
    ["no address", order({ shippingAddress: undefined }), "shippingAddress", "object"],
    ["a name that nobody can see", address({ name: "\u3164" }), "shippingAddress.name", ">= 1"],
    ["a postal code of no such form", address({ postalCode: "1" }), "shippingAddress.postalCode", "postal code of US"],
    ["no postal code", address({ postalCode: undefined }), "shippingAddress.postalCode", "postal code of US"],
    ["a country that is none", address({ country: "ZZ" }), "shippingAddress.country", ONE_OF_THE_COUNTRIES],
    ["an address field that is none", address({ phone: "555" }), "shippingAddress.phone", "unknown field"],
    [
      "a card number in place of a token",
      order({ payment: { method: "card", token: "4242424242424242" } }),
      "payment.token",
      "regex",
    ],
    [
      "a card number dressed up as a token",
      order({ payment: { method: "card", token: "card_4242424242424242" } }),
      "payment.token",
      "regex",
    ],
    ["another way to pay", order({ payment: { method: "cheque" } }), "payment.method", "invalid_union"],
    ["a field that is none", order({ discount: 100 }), "discount", "unknown field"],
  ])("%s", async (_, body, field, rule) => {
    const response = await post(body);
    const { error } = (await response.json()) as Refused;
    expect(response.status).toBe(400);
    expect(error.data.fields?.[0]).toMatchObject({ field, rule });
    expect(JSON.stringify(error)).not.toMatch(/\.ts:\d|node_modules|SELECT/);
    await nothingWritten();
  });

  it.each([
    ["missing", {}],
    ["empty", { "idempotency-key": "" }],
    ["too long", { "idempotency-key": "k".repeat(256) }],
    ["not printable", { "idempotency-key": "k\u00e9" }],
  ])("an idempotency key that is %s", async (_, headers) => {
    const response = await post(order({}), headers as Record<string, string>);
    const { error } = (await response.json()) as Refused;
    expect([response.status, error.data.reason]).toEqual([400, "IDEMPOTENCY_KEY_INVALID"]);
    expect(error.data.fields?.[0]?.field).toBe("Idempotency-Key");
    await nothingWritten();
  });

  it("malformed JSON", async () => {
    const response = await post('{"lines": [');
    const { error } = (await response.json()) as Refused;
    expect([response.status, error.data.reason, error.message]).toEqual([
      400,
      "MALFORMED_JSON",
      "The body is not valid JSON.",
    ]);
    await nothingWritten();
  });

  it("a body over 100 kB, whether or not its length is announced", async () => {
    const large = order({ padding: "x".repeat(100_000) });
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < large.length; at += 10_000)
          controller.enqueue(new TextEncoder().encode(large.slice(at, at + 10_000)));
        controller.close();
      },
    });
    for (const response of [await post(large), await post(stream)]) {
      const { error } = (await response.json()) as Refused;
      expect([response.status, error.data.reason]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    }
    await nothingWritten();
  });
});

it("a key of 255 characters is taken, and the answer is plain JSON", async () => {
  const response = await post(order({}), { "idempotency-key": "k".repeat(255) });
  const { result } = (await response.json()) as { result: { data: { orderId: string; total: unknown } } };
  expect(response.status).toBe(200);
  expect(result.data).toMatchObject({ status: "pending", total: { amount: 2_400, currency: "USD" } });
  await shop.database.query(sql`DELETE FROM order_lines`);
  await shop.database.query(sql`DELETE FROM orders`);
});

it("an address is kept without what nobody can see, its e-mail in the letters of the DNS", async () => {
  const { shippingAddress } = orderInput();
  const typed = { ...shippingAddress, name: "\u202eInes\u200b", country: "CA", postalCode: "k1a 0b1" };
  const response = await post(order({ email: "инфо@почта.рф", shippingAddress: typed }), { "idempotency-key": "kept" });
  const { result } = (await response.json()) as { result: { data: { orderId: string } } };
  const kept = await shop.database.query(sql`
    SELECT email, shipping_address AS "shippingAddress" FROM orders WHERE id = ${result.data.orderId}`);
  expect(kept).toEqual([
    {
      email: "инфо@xn--80a1acny.xn--p1ai",
      shippingAddress: { ...shippingAddress, name: "Ines", country: "CA", postalCode: "K1A 0B1" },
    },
  ]);
});

it.each(["info@xn--h1alffa9f.xn--p1ai", "user&co@example.com", "user/dept=x@example.com"])(
  "an order for %s is taken",
  async (email) => {
    expect((await post(order({ email }), { "idempotency-key": email })).status).toBe(200);
  },
);

it("an order is read only with its link, and neither a wrong link nor a wrong number tells which", async () => {
  const placed = await post(order({ email: "other@example.com" }), { "idempotency-key": "reader" });
  const { orderId, accessToken } = (
    (await placed.json()) as { result: { data: { orderId: string; accessToken: string } } }
  ).result.data;
  const read = async (input: object) => {
    const response = await handle(
      new Request(`http://shop.test/api/trpc/orders.byId?input=${encodeURIComponent(JSON.stringify(input))}`),
    );
    return {
      status: response.status,
      body: (await response.json()) as { error?: { message: string }; result?: { data: { status: string } } },
    };
  };
  expect(await read({ orderId, accessToken })).toMatchObject({
    status: 200,
    body: { result: { data: { orderId, status: "pending" } } },
  });
  const [wrongLink, wrongNumber] = [
    await read({ orderId, accessToken: `${accessToken.slice(0, -1)}x` }),
    await read({ orderId: "nothing", accessToken }),
  ];
  expect([wrongLink.status, wrongNumber.status, (await read({ orderId })).status]).toEqual([404, 404, 404]);
  expect(wrongLink.body.error?.message).toBe(wrongNumber.body.error?.message);
});
