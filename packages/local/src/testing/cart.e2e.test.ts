/** One cart is one order, whoever presses and whatever is lost on the way: read from the gateway's ledger and the store. */
import AxeBuilder from "@axe-core/playwright";
import { createPool, poolDatabase } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestContext } from "vitest";
import { httpLedger, settled, verify } from "../verify/index.ts";
import { launchBlockedBrowser } from "./blocked-browser.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { startSystem } from "./system.ts";
import type { System } from "./system.ts";
import {
  fillAsGuest,
  fillDelivery,
  goToCheckout,
  itemsInStock,
  onOrderPage,
  orderButton,
  putIn,
  readyToOrder,
  register,
  signIn,
  signInByForm,
} from "./visitor.ts";
import type { Item } from "./visitor.ts";

const SETTLE_MS = 60_000;
const TEST_MS = 120_000;

let system: System;
let browser: Browser | undefined;
let pool: ReturnType<typeof createPool>;
let db: Database;
let shop: string;
let items: Item[];

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  pool = createPool({ url: system.databaseUrl, max: 4, applicationName: "e2e" });
  db = poolDatabase(pool);
  shop = system.urls.storefront;
  items = await itemsInStock(system);
});
afterAll(async () => {
  await pool?.end();
  await browser?.close();
  await system?.stop();
});

const item = (index: number): Item => items[index] ?? expect.fail("the shop has too few items");

/** A visitor of its own, with its own cookies. */
async function visitor(context: TestContext): Promise<Page> {
  if (browser === undefined) return context.skip(NO_BROWSER);
  return (await browser.newContext()).newPage();
}

/** What became of everything that was ordered with this e-mail address, once all is settled. */
async function outcome(email: string) {
  expect(await settled(db, SETTLE_MS)).toBeUndefined();
  const orders = await db.query<{ id: string; status: string; customerId: string | null; pieces: number }>(sql`
    SELECT id, status, customer_id AS "customerId", (SELECT sum(quantity)::int FROM order_lines WHERE order_id = orders.id) AS pieces
    FROM orders WHERE email = ${email} ORDER BY placed_at`);
  const entries = await httpLedger(system.urls.gateway).entries();
  const ids = orders.map(({ id }) => id);
  const captures = entries.filter(({ kind, orderId }) => kind === "capture" && ids.includes(orderId));
  return {
    orders,
    ids,
    captures: captures.length,
    statuses: orders.map(({ status }) => status.replace("shipped", "confirmed")),
  };
}

const ONE = { captures: 1, statuses: ["confirmed"] };
const someone = () => `guest-${crypto.randomUUID().slice(0, 8)}@example.com`;

/** The shop carries it out, and the answer gets lost. */
async function carriedOutAndLost(route: Route): Promise<void> {
  await route.fetch();
  await route.abort();
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
}

describe("one cart is one order", () => {
  it("in two tabs, both pressed within a second", { timeout: TEST_MS }, async (context) => {
    const first = await visitor(context);
    const email = someone();
    await goToCheckout(first, shop, item(0), 2);
    const second = await first.context().newPage();
    await second.goto(`${shop}/checkout`);
    for (const page of [first, second]) await fillAsGuest(page, email);
    await Promise.all([first, second].map((page) => orderButton(page).click()));
    const orders = await Promise.all([first, second].map((page) => onOrderPage(page)));
    expect(await outcome(email)).toMatchObject({ ...ONE, ids: [orders[0]] });
    expect(orders[1]).toBe(orders[0]);
  });

  it("on two devices of one account, which show the same cart", { timeout: TEST_MS }, async (context) => {
    const phone = await visitor(context);
    const desk = await visitor(context);
    const email = await register(phone, shop, "Ada");
    await signIn(desk, shop, email);
    await goToCheckout(phone, shop, item(1), 2);
    await desk.goto(`${shop}/cart`);
    await desk.getByRole("link", { name: "Cart, 2 items" }).waitFor();
    await desk.getByRole("button", { name: /^One more of/ }).click();
    await desk.getByRole("link", { name: "Check out" }).click();
    await readyToOrder(desk);
    await fillDelivery(desk);
    await phone.reload();
    await phone.getByText("3 pieces").waitFor();
    await fillDelivery(phone);
    await Promise.all([phone, desk].map((page) => orderButton(page).click()));
    await Promise.all([phone, desk].map((page) => onOrderPage(page)));
    expect(await outcome(email)).toMatchObject({ ...ONE, orders: [{ pieces: 3 }] });
  });

  it("when its answer is lost: the page finds the order by itself", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    const email = someone();
    await goToCheckout(page, shop, item(2));
    await fillAsGuest(page, email);
    await page.route("**/checkout.placeOrder", carriedOutAndLost);
    await orderButton(page).click();
    await onOrderPage(page);
    expect(await outcome(email)).toMatchObject(ONE);
  });

  it("when nothing gets through for a while, and one asks", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    const email = someone();
    await goToCheckout(page, shop, item(3));
    await fillAsGuest(page, email);
    await loseTheAnswer(page);
    await accessible(page);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Ask what became of it" }).click();
    await onOrderPage(page);
    expect(await outcome(email)).toMatchObject(ONE);
  });

  it("when nothing gets through, and one signs in by the page's own link", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    const account = await register(await visitor(context), shop, "Bea");
    const email = someone();
    await goToCheckout(page, shop, item(4));
    await fillAsGuest(page, email);
    await loseTheAnswer(page);
    await page.unrouteAll();
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).first().click();
    await signInByForm(page, account);
    await page.waitForURL(/\/checkout/);
    await page.getByText("Your order is placed").waitFor();
    await page.getByRole("link", { name: "See your order" }).click();
    await onOrderPage(page);
    expect(await outcome(email)).toMatchObject(ONE);
    expect(await outcome(account)).toMatchObject({ captures: 0, orders: [] });
  });

  it("in a tab that is restored when the key has expired", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    const email = someone();
    await goToCheckout(page, shop, item(5));
    await fillAsGuest(page, email);
    await loseTheAnswer(page);
    expect((await outcome(email)).ids).toHaveLength(1);
    await db.query(sql`DELETE FROM idempotency_keys`);
    await page.unrouteAll();
    const restored = await page.context().newPage();
    await restored.goto(`${shop}/checkout`);
    await restored.getByText("Your order is placed").waitFor();
    await accessible(restored);
    await page.getByRole("button", { name: "Ask what became of it" }).click();
    await onOrderPage(page);
    expect(await outcome(email)).toMatchObject(ONE);
  });
});

/** The order is placed, and the page can reach nothing afterwards. */
async function loseTheAnswer(page: Page): Promise<void> {
  await page.route("**/checkout.placeOrder", carriedOutAndLost);
  await page.route("**/api/trpc/cart.get**", (route) => route.abort());
  await orderButton(page).click();
  await page.getByText("We do not know yet whether your order went through").waitFor();
}

describe("a declined card", () => {
  it(
    "leaves the shopper in the payment step, with everything typed and the cart as it was",
    { timeout: TEST_MS },
    async (context) => {
      const page = await visitor(context);
      const email = someone();
      await goToCheckout(page, shop, item(6), 2);
      await fillAsGuest(page, email);
      await page.getByLabel("Visa ending 0002").check();
      await orderButton(page).click();
      const headline = page.getByRole("heading", { name: "Your card was declined" });
      await headline.waitFor();
      expect(new URL(page.url()).pathname).toBe("/checkout");
      await page.locator("h3:focus", { hasText: "Your card was declined" }).waitFor();
      await accessible(page);
      await triesAgainAndGoesBack(page);
      await page.reload();
      await headline.waitFor();
      expect(await page.getByLabel("City").inputValue()).toBe("Portland");
      await page.getByRole("link", { name: "Cart, 2 items" }).waitFor();
      await page.getByLabel("Visa ending 4242").check();
      await readyToOrder(page);
      await orderButton(page).click();
      await onOrderPage(page);
      await page.getByRole("link", { name: "Cart, 0 items" }).waitFor();
      const { statuses, captures, orders } = await outcome(email);
      expect([statuses, captures, orders.at(-1)?.pieces]).toEqual([["cancelled", "confirmed"], 1, 2]);
    },
  );
});

/** By the declined order's own page: the way back is none that fills the cart. */
async function triesAgainAndGoesBack(page: Page): Promise<void> {
  const [declined] = await db.query<{ id: string }>(
    sql`SELECT id FROM orders WHERE cancel_reason = 'CARD_DECLINED' ORDER BY placed_at DESC LIMIT 1`,
  );
  const cart = await page.context().request.get(`${shop}/api/trpc/cart.get`);
  const { result } = (await cart.json()) as { result: { data: { lastOrder: { accessToken: string } } } }; // tRPC's envelope
  const declinedPage = `${shop}/orders/${declined?.id}?token=${result.data.lastOrder.accessToken}`;
  await page.goto(declinedPage);
  for (const _ of ["once", "and again"]) {
    await page.getByRole("link", { name: "Back to checkout" }).click();
    await page.waitForURL(/\/checkout/);
    await page.getByRole("link", { name: "Cart, 2 items" }).waitFor();
    await page.goBack();
  }
  await page.goForward();
  await page.waitForURL(/\/checkout/);
}

describe("what is known to be short", () => {
  it("is itemised, has to be accepted, and is not charged before", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    const email = someone();
    await page.goto(`${shop}/p/${item(7).slug}?sku=${item(7).sku}`);
    await putIn(page, 1);
    const drawer = page.getByRole("dialog", { name: "Your cart" });
    await drawer.getByLabel(/^Quantity of/).fill("999");
    await drawer.getByLabel(/^Quantity of/).press("Enter");
    await drawer.getByText(/^Only \d+ left\.$/).waitFor();
    expect(await drawer.getByRole("button", { name: "Check out" }).isDisabled()).toBe(true);
    await accessible(page);
    await page.goto(`${shop}/checkout`);
    await fillAsGuest(page, email);
    await page.getByText("One thing to settle before you order").waitFor();
    expect(await orderButton(page).isDisabled()).toBe(true);
    await page.getByLabel("City").press("Enter");
    expect(await outcome(email)).toMatchObject({ captures: 0, orders: [] });
    await accessible(page);
    await page.getByRole("button", { name: /^Take \d+/ }).click();
    await readyToOrder(page);
  });

  it(
    "is refused at the press when it is short by then, at its line and with what was typed kept",
    { timeout: TEST_MS },
    async (context) => {
      const page = await visitor(context);
      const email = someone();
      await goToCheckout(page, shop, item(8), 9);
      await fillAsGuest(page, email);
      const { sku } = item(8);
      const [before] = await db.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${sku}`);
      const available = before?.available ?? expect.fail("the item has stock");
      await db.query(sql`UPDATE stock SET available = 2 WHERE sku = ${sku}`);
      await orderButton(page).click();
      await page.getByText("Not everything is there any more").waitFor();
      await page.getByRole("button", { name: "Take 2" }).click();
      await readyToOrder(page);
      expect(await outcome(email)).toMatchObject({ captures: 0, orders: [] });
      await orderButton(page).click();
      await onOrderPage(page);
      await db.query(sql`UPDATE stock SET available = available + ${available - 2} WHERE sku = ${sku}`);
      expect(await outcome(email)).toMatchObject({ ...ONE, orders: [{ pieces: 2 }] });
    },
  );

  it("or dearer than it was is named and accepted", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    await goToCheckout(page, shop, item(9));
    await db.query(sql`UPDATE product_variants SET price = price + 500 WHERE sku = ${item(9).sku}`);
    await page.reload();
    await page.getByText("A price has changed").waitFor();
    expect(await orderButton(page).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Accept the new price" }).click();
    await readyToOrder(page);
    await db.query(sql`UPDATE product_variants SET price = price - 500 WHERE sku = ${item(9).sku}`);
  });
});

describe("who is ordering", () => {
  it(
    "is who the page was made for: when the session has ended nothing is placed, and one can sign in",
    { timeout: TEST_MS },
    async (context) => {
      const page = await visitor(context);
      const email = await register(page, shop, "Cleo");
      await goToCheckout(page, shop, item(10));
      await fillDelivery(page);
      await db.query(
        sql`DELETE FROM auth_sessions WHERE user_id IN (SELECT id FROM auth_users WHERE email = ${email})`,
      );
      await orderButton(page).click();
      await page.getByText("You have been signed out").waitFor();
      await accessible(page);
      expect(await outcome(email)).toMatchObject({ captures: 0, orders: [] });
      await page.getByRole("main").getByRole("link", { name: "Sign in to go on" }).click();
      await signInByForm(page, email);
      await page.waitForURL(/\/checkout/);
      expect(await page.getByLabel("City").inputValue()).toBe("Portland");
      await readyToOrder(page);
      await orderButton(page).click();
      await onOrderPage(page);
      const { orders, ...rest } = await outcome(email);
      expect(rest).toMatchObject(ONE);
      expect(orders[0]?.customerId).not.toBeNull();
    },
  );

  it("brings along what was put in before signing in, and is told so", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    await page.goto(`${shop}/p/${item(11).slug}?sku=${item(11).sku}`);
    await putIn(page, 3);
    await page.getByRole("link", { name: "Cart, 3 items" }).waitFor({ state: "attached" });
    await register(page, shop, "Dora");
    await page.goto(`${shop}/cart`);
    await page.getByText("3 items you had put in before signing in are in your cart").waitFor();
    await page.reload();
    await page.getByRole("link", { name: "Cart, 3 items" }).waitFor();
    expect(await page.getByText("before signing in").count()).toBe(0);
  });

  it("leaves nothing behind on a shared computer", { timeout: TEST_MS }, async (context) => {
    const page = await visitor(context);
    await register(page, shop, "Edda");
    await goToCheckout(page, shop, item(12));
    await fillDelivery(page);
    await page.goto(`${shop}/account`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${shop}/`);
    await page.getByRole("link", { name: "Cart, 0 items" }).waitFor();
    const next = await register(page, shop, "Fay");
    await goToCheckout(page, shop, item(13));
    const typed = ["E-mail", "Full name", "Street and number", "City"].map((label) =>
      page.getByLabel(label).inputValue(),
    );
    expect(await Promise.all(typed)).toEqual([next, "Fay", "", ""]);
  });
});

describe("what was clicked", () => {
  it(
    "is not lost when the shop cannot be reached, and is said not to be saved yet",
    { timeout: TEST_MS },
    async (context) => {
      const page = await visitor(context);
      await page.goto(`${shop}/p/${item(14).slug}?sku=${item(14).sku}`);
      await page.route("**/cart.setQuantity", (route) => route.abort());
      await putIn(page, 2);
      await page.getByText("Not saved yet").waitFor();
      await accessible(page);
      await page.unrouteAll();
      await page.reload();
      await page.getByRole("link", { name: "Cart, 2 items" }).waitFor();
      const other = await page.context().newPage();
      await other.goto(`${shop}/cart`);
      await other.getByRole("link", { name: "Cart, 2 items" }).waitFor();
      await other.getByRole("button", { name: /^One more of/ }).click();
      await page.getByRole("link", { name: "Cart, 3 items" }).waitFor();
    },
  );

  it("is bought with site data blocked", { timeout: TEST_MS }, async (context) => {
    const blocked = await launchBlockedBrowser();
    if (blocked === undefined) return context.skip(NO_BROWSER);
    const page = await blocked.newPage();
    const email = someone();
    await page.goto(`${shop}/products`);
    await expect(page.evaluate("localStorage.length")).rejects.toThrow("Access is denied");
    await page.locator("main ul a[href^='/p/']").first().click();
    await page.waitForURL(/\/p\//);
    await putIn(page, 2);
    await page.getByRole("link", { name: "Check out" }).click();
    await page.waitForURL(/\/checkout/);
    await readyToOrder(page);
    await fillAsGuest(page, email);
    await orderButton(page).click();
    await onOrderPage(page);
    expect(await blocked.cookies()).toEqual([]);
    await blocked.close();
    expect(await outcome(email)).toMatchObject({ ...ONE, orders: [{ pieces: 2 }] });
  });
});

it("after all of that everything agrees", { timeout: TEST_MS }, async () => {
  expect(await settled(db, SETTLE_MS)).toBeUndefined();
  const findings = await verify(db, { gateway: httpLedger(system.urls.gateway) });
  expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
});
