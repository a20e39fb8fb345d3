import { setImmediate as nextTurn } from "node:timers/promises";
import { createPool, poolDatabase } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LOCAL_PASSWORD } from "../seed/users.ts";
import { createShopClient } from "../traffic/shop-client.ts";
import { placeOrders, waitForOrders } from "../traffic/shoppers.ts";
import { httpLedger, settled, verify } from "../verify/index.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { startSystem } from "./system.ts";
import type { System } from "./system.ts";
import { accessible } from "./shop-stage.ts";

const SETTLE_MS = 60_000;
const CONFIRM_MS = 5_000;
const END_MS = 30_000;
const WAIT = { timeout: 15_000, interval: 200 };

let system: System;
let browser: Browser | undefined;
let pool: ReturnType<typeof createPool>;
let db: Database;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  pool = createPool({ url: system.databaseUrl, max: 4, applicationName: "e2e" });
  db = poolDatabase(pool);
});
afterAll(async () => {
  await pool?.end();
  await browser?.close();
  await system?.stop();
});

async function expectAllHolds(): Promise<void> {
  expect(await settled(db, SETTLE_MS)).toBeUndefined();
  const findings = await verify(db, { gateway: httpLedger(system.urls.gateway) });
  expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
}

/** A visitor of its own, with its own cookies. */
async function newPage(inBrowser: Browser): Promise<Page> {
  const context = await inBrowser.newContext();
  return context.newPage();
}

async function fillCheckout(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill("ines@example.com");
  await page.getByLabel("Full name").fill("Ines Moreau");
  await page.getByLabel("Street and number").fill("14 Rue des Lilas");
  await page.getByLabel("Postal code").fill("69003");
  await page.getByLabel("City").fill("Lyon");
}

async function buySomething(page: Page): Promise<void> {
  await page.goto(system.urls.storefront);
  await page.getByRole("link", { name: "See everything" }).first().click();
  await page.waitForURL(/\/products/);
  await accessible(page);
  await page.locator("main ul a[href^='/p/']").first().click();
  await page.waitForURL(/\/p\//);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.waitForURL(/\/checkout/);
  await page.getByRole("button", { name: /Place order · / }).waitFor();
}

describe("the shop", () => {
  it("sells: a browser buys a product and sees it confirmed within five seconds", async (context) => {
    if (browser === undefined) return context.skip(NO_BROWSER);
    const page = await newPage(browser);
    await buySomething(page);
    await accessible(page);
    await fillCheckout(page);
    await page.getByRole("button", { name: /Place order/ }).click();
    await page.locator('[data-testid="order-status"][data-status="confirmed"]').waitFor({ timeout: CONFIRM_MS });
    expect(await page.getByTestId("order-status").textContent()).toBe("Your order is confirmed");
    await accessible(page);
    const orderId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await showsItsEvents(browser, orderId);
    await page.context().close();
  }, 240_000);

  it("tells what a declined card means, keeps what was typed, and lets one try again", async (context) => {
    if (browser === undefined) return context.skip(NO_BROWSER);
    const page = await newPage(browser);
    await buySomething(page);
    await page.getByRole("button", { name: /Place order/ }).click();
    await page
      .getByRole("alert")
      .getByRole("link", { name: /e-mail address/ })
      .waitFor();
    await fillCheckout(page);
    await page.getByLabel("Visa ending 0002").check();
    await page.getByRole("button", { name: /Place order/ }).click();
    await page.getByRole("heading", { name: "Your card was declined" }).waitFor();
    await page.getByText("You were not charged, and your cart is as it was.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/checkout");
    expect(await page.getByLabel("City").inputValue()).toBe("Lyon");
    await page.context().close();
  }, 120_000);
});

describe("store credit", () => {
  it("explains every cent: 500 in, 200 out, 700 in makes 1,000, and an order is paid from it", async (context) => {
    if (browser === undefined) return context.skip(NO_BROWSER);
    const page = await newPage(browser);
    await page.goto(`${system.urls.storefront}/register?next=/account/credit`);
    await page.getByLabel("Your name").fill("Tess Tester");
    await page.getByLabel("E-mail").fill("tess@example.com");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Create the account" }).click();
    await page.waitForURL(/\/account\/credit/);
    await page.getByRole("button", { name: "Open the account" }).click();
    await move(page, "500", "Put in", "$500.00");
    await move(page, "200", "Take out", "$300.00");
    await page.getByLabel("Amount in dollars").fill("9000");
    await page.getByRole("button", { name: "Take out" }).click();
    await page.getByText("There is not that much available.").waitFor();
    await move(page, "700", "Put in", "$1,000.00");
    await accessible(page);
    // The statement is a read model of its own: it may come a moment after the balance.
    await vi.waitFor(async () => {
      const csv = await page.context().request.get(`${system.urls.storefront}/account/credit/statement.csv`);
      expect((await csv.text()).split("\r\n").map((line) => line.split(",").slice(1, 4).join(" "))).toEqual([
        "What Amount Balance",
        "Paid in 700.00 1000.00",
        "Paid out -200.00 300.00",
        "Paid in 500.00 500.00",
        "Account opened 0.00 0.00",
        "",
      ]);
    }, WAIT);
    await buySomething(page);
    await page.getByLabel("Street and number").fill("1 Street");
    await page.getByLabel("Postal code").fill("12345");
    await page.getByLabel("City").fill("Town");
    await page.getByText("Store credit", { exact: true }).click();
    await page.getByRole("button", { name: /Place order/ }).click();
    await page.locator('[data-testid="order-status"][data-status="confirmed"]').waitFor({ timeout: END_MS });
    await page.goto(`${system.urls.storefront}/account/credit`);
    await page.getByText("Paid for an order").waitFor();
    await page.context().close();
    await expectAllHolds();
  }, 180_000);
});

async function move(page: Page, dollars: string, button: string, available: string): Promise<void> {
  await page.getByLabel("Amount in dollars").fill(dollars);
  await page.getByRole("button", { name: button }).click();
  await page.getByTestId("available").getByText(available).waitFor();
}

/** Signs in to the console as a viewer and reads the order's events there. */
async function showsItsEvents(inBrowser: Browser, orderId: string): Promise<void> {
  const page = await newPage(inBrowser);
  await page.goto(`${system.urls.admin}/streams/order-${orderId}`);
  await page.waitForURL(/\/login/);
  await page.getByLabel("E-mail").fill("viewer@tillstream.test");
  await page.getByLabel("Password").fill(LOCAL_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(new RegExp(`/streams/order-${orderId}`));
  const types = ["OrderCreated", "PaymentCaptured", "StockReserved", "OrderConfirmed"];
  await page.getByText("OrderConfirmed").first().waitFor();
  const text = (await page.locator("main").textContent()) ?? "";
  const places = types.map((type) => text.indexOf(type));
  expect(places.every((place) => place >= 0)).toBe(true);
  await page.getByLabel("First event after which this is true").fill('status = "confirmed"');
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: "OrderConfirmed" }).last().waitFor();
  await page.getByText(/^Version \d/).waitFor();
  await accessible(page);
  for (const path of [
    "/",
    "/events",
    "/schemas",
    "/projections",
    "/outbox",
    "/sagas",
    "/orders",
    "/dead-letters",
    "/mail",
  ]) {
    await page.goto(system.urls.admin + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await accessible(page);
  }
  await page.context().close();
}

describe("under load", () => {
  it("500 orders with declined cards, and kill -9 of the worker in the middle, all end and everything agrees", async () => {
    const client = createShopClient(system.urls.storefront);
    const skus = await client.skus();
    const burst = placeOrders({ client, skus, count: 500, concurrency: 16, declineShare: 0.2, seed: 7 });
    const ended = async () => (await db.query(sql`SELECT FROM sagas WHERE finished_at IS NOT NULL`)).length;
    const before = await ended();
    await vi.waitUntil(async () => (await ended()) > before + 20, { timeout: 30_000, interval: 50 });
    system.kill("worker", "SIGKILL");
    const { placed, errors, soldOut } = await burst;
    expect([errors, placed.length + soldOut]).toEqual([[], 500]);
    const outcomes = await waitForOrders(client, placed, { timeoutMs: SETTLE_MS, pause: () => nextTurn() });
    // What is confirmed is shipped some seconds later.
    expect((outcomes["confirmed"] ?? 0) + (outcomes["shipped"] ?? 0) + (outcomes["cancelled"] ?? 0)).toBe(
      placed.length,
    );
    expect(outcomes["cancelled"]).toBeGreaterThan(50);
    await expectAllHolds();
  }, 240_000);

  it("orders are taken while the worker is away, and finish when it is back", async () => {
    const client = createShopClient(system.urls.storefront);
    const skus = await client.skus();
    system.kill("worker", "SIGKILL");
    const { placed, errors } = await placeOrders({ client, skus, count: 20, concurrency: 4, declineShare: 0, seed: 8 });
    expect(errors).toEqual([]);
    await system.healthy("worker");
    await vi.waitUntil(
      async () =>
        (await Promise.all(placed.map((order) => client.status(order)))).every((status) =>
          ["confirmed", "shipped"].includes(status),
        ),
      { timeout: SETTLE_MS, interval: 250 },
    );
    await expectAllHolds();
  }, 90_000);

  it("while Postgres is away the shop answers 503, and it recovers by itself", async () => {
    const answers = new Set<number>();
    const ask = async (path: string) => {
      const response = await fetch(system.urls.storefront + path);
      answers.add(response.status);
      return response.status;
    };
    const before = system.pid("postgres");
    system.kill("postgres", "SIGKILL");
    await vi.waitUntil(
      async () => {
        const statuses = [await ask("/api/trpc/catalogue.list"), await ask("/products")];
        const restarted = system.pid("postgres") !== undefined && system.pid("postgres") !== before;
        return restarted && statuses.every((status) => status === 200);
      },
      { timeout: 60_000, interval: 20 },
    );
    // A page that was under way at the very moment may have been a 500: its headers were still to be sent.
    expect(answers).toContain(503);
    await system.healthy("worker");
    await expectAllHolds();
  }, 120_000);
});
