/** A customer buys, and is forgotten: nothing of the local environment knows them any more, down to the files of the database. */
import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import type { AdminRouter, ShopRouter } from "@tillstream/commerce";
import { createPool, poolDatabase } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import { createClient as tillstreamClient } from "@tillstream/trpc/client";
import { createClient as redisClient } from "redis";
import type pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { LOCAL_PASSWORD } from "../seed/users.ts";
import { makeDue, sharedSystem } from "./shared-system.ts";
import type { SharedSystem } from "./shared-system.ts";

const WAIT = { timeout: 60_000, interval: 200 };
/** In no word of the shop's own. */
const MARK = "xylokarp";
const EMAIL = `${MARK}@birds.example`;
const ADDRESS = { name: `Conny ${MARK}`, line1: `${MARK} Way 7`, city: "Town", postalCode: "12345", country: "US" };

let system: SharedSystem;
let pool: pg.Pool;
beforeAll(async () => {
  system = await sharedSystem();
  pool = createPool({ url: system.databaseUrl, max: 2, applicationName: "test" });
});
afterAll(() => pool.end());

/** Signs in, or up, as a browser does; answers its cookies. */
async function session(origin: string, path: "in" | "up", person: object): Promise<string> {
  const response = await fetch(`${origin}/api/auth/sign-${path}/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify(person),
  });
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

const withCookie = (cookie: string) => (url: string, init?: RequestInit) => {
  const headers = new Headers(init?.headers);
  headers.set("cookie", cookie);
  return fetch(url, { ...init, headers });
};

/** Paths under `folder` of files that hold `text`, in any case. */
async function filesThatHold(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && (await holds(join(entry.parentPath, entry.name), text)))
      found.push(join(entry.parentPath, entry.name));
  }
  return found;
}

async function holds(path: string, text: string): Promise<boolean> {
  let last = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "latin1", highWaterMark: 1 << 20 })) {
      const seen = last + String(chunk).toLowerCase();
      if (seen.includes(text)) return true;
      last = seen.slice(-text.length);
    }
  } catch (error) {
    // Files of a running server come and go.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return false;
}

async function keysThatHold(url: string, text: string): Promise<string[]> {
  const redis = await redisClient({ url }).connect();
  try {
    const found: string[] = [];
    for (const key of await redis.keys("*")) {
      const value = (await redis.type(key)) === "string" ? await redis.get(key) : "";
      if (`${key} ${value ?? ""}`.toLowerCase().includes(text)) found.push(key);
    }
    return found;
  } finally {
    redis.destroy();
  }
}

it("a customer who was erased is in no file, no key and no table of the local environment", async () => {
  const db = poolDatabase(pool);
  const { storefront, admin } = system.urls;
  const person = { name: ADDRESS.name, email: EMAIL, password: `${MARK} and a password` };
  const shop = tillstreamClient<ShopRouter>({
    origin: storefront,
    fetch: withCookie(await session(storefront, "up", person)),
  });
  const { items } = await shop.catalogue.list.query({ limit: 100 });
  const sku = items.find(({ stock }) => stock === "in")?.sku ?? expect.fail("nothing is in stock");
  await shop.profile.update.mutate({ name: `Conny ${MARK} the second` });
  const placed = await shop.checkout.placeOrder.mutate(
    {
      lines: [{ sku, quantity: 1 }],
      email: EMAIL,
      shippingAddress: ADDRESS,
      payment: { method: "card", token: "tok_visa" },
    },
    { context: { idempotencyKey: crypto.randomUUID() } },
  );
  await makeDue(db, placed.orderId);
  const statusOf = async () => (await shop.orders.byId.query({ orderId: placed.orderId })).status;
  await vi.waitUntil(async () => (await statusOf()) === "shipped", WAIT);
  const mailed = () => db.query(sql`SELECT FROM mail_messages WHERE order_id = ${placed.orderId}`);
  await vi.waitUntil(async () => (await mailed()).length === 2, WAIT);
  await pool.query("ANALYZE");
  const { rows: samples } = await pool.query<{ row: string }>("SELECT pg_stats::text AS row FROM pg_stats");
  expect(samples.map(({ row }) => row).filter((row) => row.includes(MARK))).toEqual([]);
  await pool.query("CHECKPOINT");
  expect((await filesThatHold(system.dataDir, MARK)).length).toBeGreaterThan(2);

  const login = { email: "admin@tillstream.test", password: LOCAL_PASSWORD };
  const office = tillstreamClient<AdminRouter>({
    origin: admin,
    fetch: withCookie(await session(admin, "in", login)),
  });
  const found = await office.customers.list.query({ search: EMAIL });
  const customerId = found.items[0]?.customerId ?? expect.fail("the customer is not found");
  const { erased } = await office.customers.erase.mutate(
    { customerId, reason: "asked to be forgotten" },
    { context: { idempotencyKey: crypto.randomUUID() } },
  );
  expect(erased).toMatchObject({ orders: 1, mails: 3, profile: 1, login: 1 });

  const rewritten = () =>
    db.query(sql`SELECT FROM erasures WHERE customer_id = ${customerId} AND rewritten_at IS NOT NULL`);
  await vi.waitUntil(async () => (await rewritten()).length === 1, WAIT);
  await pool.query("ANALYZE");
  await vi.waitFor(async () => expect(await filesThatHold(system.dataDir, MARK)).toEqual([]), WAIT);
  if (system.redisUrl !== undefined) expect(await keysThatHold(system.redisUrl, MARK)).toEqual([]);
});
