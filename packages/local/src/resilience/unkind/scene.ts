/** A shop in which there is something to ask for, and everyone who may come, signed in as people sign in. */
import { createTestGateway, orderInput, SKUS } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { ROLES } from "@tillstream/trpc";
import type { Role } from "@tillstream/trpc";
import { ask } from "./ask.ts";
import type { Known } from "./cases.ts";
import type { Urls } from "./server.ts";

const PASSWORD = "a password of the tests";
const JSON_BODY = { "content-type": "application/json" };

export interface Person {
  readonly role: Role | "guest";
  readonly app: "shop" | "console";
  readonly headers: Readonly<Record<string, string>>;
  /** What there is of theirs. */
  readonly known: Known;
}

export const emailOf = (role: Role): string => `${role}@unkind.test`;

/** Resolves to what was answered; a refusal is an error here. */
async function call(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const {
    status,
    text,
    headers: received,
  } = await ask({
    method: "POST",
    url,
    headers: { ...JSON_BODY, "idempotency-key": url, ...headers },
    body: JSON.stringify(body),
  });
  if (status !== 200) throw new Error(`${url}: ${status} ${text}`);
  const cookie = received["set-cookie"]?.map((one) => one.split(";")[0]).join("; ") ?? "";
  return { cookie, data: (JSON.parse(text) as { result?: { data: Record<string, unknown> } }).result?.data ?? {} };
}

export async function signIn(origin: string, role: Role): Promise<Readonly<Record<string, string>>> {
  const { cookie } = await call(`${origin}/api/auth/sign-in/email`, { email: emailOf(role), password: PASSWORD });
  return { cookie };
}

/** Everybody, the shop's first. */
export async function arrive(shop: TestShop, urls: Urls): Promise<Person[]> {
  for (const role of ROLES) {
    const email = emailOf(role);
    await call(`${urls.shop}/api/auth/sign-up/email`, { name: role, email, password: PASSWORD });
    await shop.database.query(sql`UPDATE auth_users SET role = ${role} WHERE email = ${email}`);
  }
  const asShopper = await signIn(urls.shop, "shopper");
  const { data: placed } = await call(`${urls.shop}/api/trpc/checkout.placeOrder`, orderInput());
  const { data: own } = await call(`${urls.shop}/api/trpc/checkout.placeOrder`, orderInput(), {
    ...asShopper,
    "idempotency-key": "own",
  });
  await call(`${urls.shop}/api/trpc/account.open`, {}, asShopper);
  await call(`${urls.shop}/api/trpc/account.deposit`, { amount: { amount: 100_00, currency: "USD" } }, asShopper);
  await shop.settle(createTestGateway());
  const known = await whatThereIs(shop);
  const staff = ROLES.filter((role) => role !== "shopper");
  return [
    {
      role: "guest",
      app: "shop",
      headers: {},
      known: { ...known, orderId: placed["orderId"], accessToken: placed["accessToken"] },
    },
    {
      role: "shopper",
      app: "shop",
      headers: asShopper,
      known: { ...known, orderId: own["orderId"], accessToken: undefined },
    },
    ...(await Promise.all(
      staff.map(async (role): Promise<Person> => ({
        role,
        app: "console",
        headers: await signIn(urls.console, role),
        known: { ...known, orderId: own["orderId"] },
      })),
    )),
  ];
}

/** Each would keep the command from being carried out, or leave nothing of a list. */
const WITHOUT = {
  expectedVersion: undefined,
  expectedTotal: undefined,
  cartId: undefined,
  cartVersion: undefined,
  as: undefined,
  at: undefined,
  from: undefined,
  to: undefined,
  cursor: undefined,
  minVersion: undefined,
};

async function whatThereIs({ database }: TestShop): Promise<Known> {
  const letters = await database.query<{ id: string; eventId: string; streamId: string }>(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, attempts)
    SELECT 'mail', event_id, type, stream_id, position, 'no such mailbox', 5 FROM event_log LIMIT 2
    RETURNING id::text, event_id AS "eventId", stream_id AS "streamId"`);
  const [order] = await database.query<{ number: string }>(sql`SELECT number FROM orders LIMIT 1`);
  const [run] = await database.query<{ sagaId: string }>(sql`SELECT saga_id AS "sagaId" FROM sagas LIMIT 1`);
  const { lines, email, shippingAddress, payment } = orderInput();
  return {
    ...letters[0],
    ids: letters.map(({ id }) => id),
    ...run,
    ...order,
    ...WITHOUT,
    lines,
    email,
    shippingAddress,
    payment,
    currency: "USD",
    sku: SKUS.mug,
    slug: "mug",
    category: "things",
    name: "order_view",
    consumer: "mail",
    reason: "why not",
    where: "status = 'confirmed'",
    minPosition: 1,
    seenActions: 0,
    limit: 20,
  };
}
