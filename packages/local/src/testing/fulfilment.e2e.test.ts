import { createPool, poolDatabase } from "@tillstream/db";
import type { Database } from "@tillstream/runtime";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCAL_PASSWORD } from "../seed/users.ts";
import { createShopClient } from "../traffic/shop-client.ts";
import { createShoppers } from "../traffic/shoppers.ts";
import { httpLedger, settled, verify } from "../verify/index.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { makeDue, sharedSystem } from "./shared-system.ts";
import type { SharedSystem } from "./shared-system.ts";
import { accessible } from "./shop-stage.ts";

/** Also for what other files left under way, such as charges that are never answered. */
const SETTLE_MS = 120_000;
const CONFIRM_MS = 30_000;
const SHIP_MS = 30_000;

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

/** A guest's order, on its own page. */
async function ordered(inBrowser: Browser, seed: number): Promise<{ page: Page; orderId: string }> {
  const client = createShopClient(system.urls.storefront);
  const skus = (await client.skus()).slice(0, 1);
  const shopper = createShoppers({ client, skus, declineShare: 0, seed });
  const { orderId, accessToken } = await client.placeOrder(shopper(0), `fulfilment-${seed}`);
  const page = await (await inBrowser.newContext()).newPage();
  await page.goto(`${system.urls.storefront}/orders/${orderId}?token=${accessToken}`);
  await status(page, "confirmed", CONFIRM_MS);
  return { page, orderId };
}

const status = (page: Page, name: string, timeout: number) =>
  page.locator(`[data-testid="order-status"][data-status="${name}"]`).waitFor({ timeout });

/** The console's page of the order, as an operator sees it. */
async function inTheConsole(inBrowser: Browser, orderId: string): Promise<Page> {
  const page = await (await inBrowser.newContext()).newPage();
  await page.goto(`${system.urls.admin}/orders/${orderId}`);
  await page.waitForURL(/\/login/);
  await page.getByLabel("E-mail").fill("operator@tillstream.test");
  await page.getByLabel("Password").fill(LOCAL_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(new RegExp(`/orders/${orderId}`));
  return page;
}

it("a shopper cancels a confirmed order on its page, and sees it cancelled and the money returned", async (context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  const { page } = await ordered(browser, 1);
  await page.getByRole("button", { name: "Cancel this order" }).click();
  await page.getByText("Cancel this order?").waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await status(page, "cancelled", CONFIRM_MS);
  await page.getByText("You cancelled it before it left, and nothing will be sent. What you paid has been").waitFor();
  await accessible(page);
  await page.context().close();
}, 120_000);

it("an order is seen to leave with its number; the operator takes it back, and its page says so", async (context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  const { page, orderId } = await ordered(browser, 2);
  await makeDue(db, orderId);
  await status(page, "shipped", SHIP_MS);
  const number = (await page.getByTestId("tracking-number").textContent()) ?? "";
  expect(number).toMatch(/^MP\d{12}$/);
  expect(await page.getByRole("button", { name: "Cancel this order" }).count()).toBe(0);
  await accessible(page);
  const console = await inTheConsole(browser, orderId);
  await console.getByText(number, { exact: true }).waitFor();
  await console.getByRole("button", { name: "Receive return" }).click();
  await console.getByLabel("Why it came back").fill("Too heavy to carry.");
  await accessible(console);
  await console.getByRole("dialog").getByRole("button", { name: "Receive return" }).click();
  await console.getByText("Too heavy to carry.", { exact: true }).waitFor();
  await accessible(console);
  await page.reload();
  await page.getByText("What you sent back has arrived.").waitFor();
  await accessible(page);
  expect(await settled(db, SETTLE_MS)).toBeUndefined();
  const findings = await verify(db, { gateway: httpLedger(system.urls.gateway) });
  expect(findings.filter((finding) => finding.status !== "holds")).toEqual([]);
  await page.context().close();
}, 180_000);
