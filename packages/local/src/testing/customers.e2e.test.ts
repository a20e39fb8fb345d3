/** The console's pages of customers: somebody is found, handed a copy of what is kept, and forgotten. */
import { readFile } from "node:fs/promises";
import { createPool, poolDatabase } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCAL_PASSWORD } from "../seed/users.ts";
import { createShopClient } from "../traffic/shop-client.ts";
import { createShoppers } from "../traffic/shoppers.ts";
import { settled } from "../verify/index.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { makeDue, sharedSystem } from "./shared-system.ts";
import type { SharedSystem } from "./shared-system.ts";
import { accessible } from "./shop-stage.ts";

/** Also for what other files left under way, such as charges that are never answered. */
const SETTLE_MS = 120_000;
const SHOWN_MS = 30_000;
const WIDE = { width: 1_280, height: 900 };
const NARROW = { width: 390, height: 844 };
const NAME = "Conny Canary";

let system: SharedSystem;
let browser: Browser | undefined;
let pool: ReturnType<typeof createPool>;
let db: Database;

beforeAll(async () => {
  system = await sharedSystem();
  pool = createPool({ url: system.databaseUrl, max: 2, applicationName: "e2e" });
  db = poolDatabase(pool);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await pool?.end();
});

/** A guest with one order that has left and one that is under way; the first order's id. */
async function aGuest(email: string): Promise<{ readonly shipped: string; readonly underWay: string }> {
  const client = createShopClient(system.urls.storefront);
  const shopper = createShoppers({ client, skus: (await client.skus()).slice(0, 1), declineShare: 0, seed: 5 });
  const place = async (index: number) => {
    const { shippingAddress, ...request } = shopper(index);
    const theirs = { ...request, email, shippingAddress: { ...shippingAddress, name: NAME } };
    return (await client.placeOrder(theirs, `${email}-${index}`)).orderId;
  };
  const shipped = await place(1);
  await makeDue(db, shipped);
  const underWay = await place(2);
  expect(await settled(db, SETTLE_MS)).toBeUndefined();
  return { shipped, underWay };
}

async function console(inBrowser: Browser, path: string, user: string): Promise<Page> {
  const page = await (await inBrowser.newContext({ viewport: WIDE })).newPage();
  await page.goto(system.urls.admin + path);
  await page.waitForURL(/\/login/);
  await page.getByLabel("E-mail").fill(`${user}@tillstream.test`);
  await page.getByLabel("Password").fill(LOCAL_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === path);
  return page;
}

/** At both widths: nothing serious, and nothing that scrolls the page sideways. */
async function fits(page: Page): Promise<void> {
  await accessible(page);
  await page.setViewportSize(NARROW);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(NARROW.width);
  await accessible(page);
  await page.setViewportSize(WIDE);
}

const reach = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Moves on by Tab until the control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  const hasFocus = () => reach(page, name).evaluate((control) => control === control.ownerDocument.activeElement);
  for (let presses = 0; !(await hasFocus()); presses += 1) {
    expect(presses, `${name} is reached`).toBeLessThan(60);
    await page.keyboard.press("Tab");
  }
}

it("an admin finds a guest by e-mail, hands out a copy, and erases them by keyboard; the page says what was touched until it is finished", async (context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  const email = `canary-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const { shipped, underWay } = await aGuest(email);
  const page = await console(browser, "/customers", "admin");
  await page.getByLabel("Find a customer").fill("zeppelin@nowhere");
  await page.keyboard.press("Enter");
  await page.getByText("No customer matches").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.getByLabel("Find a customer").fill(email);
  await page.keyboard.press("Enter");
  await page.getByRole("row").filter({ hasText: email }).getByRole("cell", { name: "2", exact: true }).waitFor();
  await fits(page);
  await page.getByRole("region", { name: /^Customers/ }).focus();
  await page.keyboard.press("j");
  await page.locator("tr[aria-selected=true]:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/customers/guest-${shipped}`);
  await page.getByRole("heading", { name: NAME }).waitFor();
  await fits(page);

  await tabTo(page, "Export");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(file.suggestedFilename()).toBe(`customer-guest-${shipped}.json`);
  const { data } = JSON.parse(await readFile(await file.path(), "utf8")) as { data: Record<string, unknown[]> };
  expect(data["orders"]).toMatchObject([{ email }, { email }]);

  await tabTo(page, "Erase");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 order is under way: its address goes when it has left or is cancelled.").waitFor();
  await fits(page);
  await tabTo(page, "Erase for good");
  await page.keyboard.press("Enter");
  await dialog.getByText("Say why: it is kept in the audit.").waitFor();
  await dialog.getByLabel("Reason, without names: it is kept for good").focus();
  await page.keyboard.type("Asked for it in a letter.");
  await tabTo(page, "Erase for good");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Erased customer" }).waitFor({ timeout: SHOWN_MS });
  await dialog.waitFor({ state: "detached" });
  await page.locator("main:focus").waitFor();
  await page.getByText("1 order is under way: its address goes when it has left or is cancelled.").waitFor();
  await page.getByText("1 stripped of name, address, e-mail and card token; lines and amounts stay").waitFor();
  await fits(page);

  await makeDue(db, underWay);
  expect(await settled(db, SETTLE_MS)).toBeUndefined();
  await db.query(sql`
    UPDATE erasures SET requested_at = requested_at - interval '5 minutes' WHERE customer_id = ${`guest-${shipped}`}`);
  await page.getByText("what is left of their orders names nobody").waitFor({ timeout: SHOWN_MS });
  await fits(page);

  await page.getByRole("link", { name: "In the audit" }).click();
  await page.getByText("Asked for it in a letter.").waitFor({ timeout: SHOWN_MS });
  await page.goto(`${system.urls.admin}/orders/${shipped}`);
  await page.getByText("Erased, on request").waitFor({ timeout: SHOWN_MS });
  expect(await page.locator("a[href^='mailto:']").count()).toBe(0);
  await fits(page);
  await page.goto(`${system.urls.admin}/customers?after=guest-${shipped}`);
  await page.getByText("This page is gone").waitFor({ timeout: SHOWN_MS });
  await page.goto(`${system.urls.admin}/customers/nobody`);
  await page.getByRole("link", { name: "All customers" }).waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.context().close();
}, 300_000);

it("an order leads to its customer, whom a viewer can neither export nor erase, and is told why", async (context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  const client = createShopClient(system.urls.storefront);
  const shopper = createShoppers({ client, skus: (await client.skus()).slice(0, 1), declineShare: 0, seed: 6 });
  const { orderId } = await client.placeOrder({ ...shopper(1), email: "seen@example.com" }, "customers-seen");
  const page = await console(browser, `/orders/${orderId}`, "viewer");
  await page.getByRole("link", { name: "All of this customer" }).click();
  await page.waitForURL(/\/customers\/guest-/);
  await page.getByText("This needs the role admin; you are signed in as viewer.").waitFor({ timeout: SHOWN_MS });
  for (const name of ["Export", "Erase"]) expect(await reach(page, name).isDisabled()).toBe(true);
  await fits(page);
  await page.context().close();
}, 120_000);
