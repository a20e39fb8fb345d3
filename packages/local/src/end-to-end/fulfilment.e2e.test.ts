import type { Browser, Page } from "playwright-core";
import { expect, it } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { accessible } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { makeDue } from "./shared-system.ts";
import { setUpStage } from "./stage.ts";

const CONFIRM_MS = 30_000;
const SHIP_MS = 30_000;

const stage = setUpStage();

/** A guest's order, on its own page. */
async function ordered(inBrowser: Browser, seed: number): Promise<{ page: Page; orderId: string }> {
  const client = createShopClient(stage.system.urls.storefront);
  const skus = (await client.skus()).slice(0, 1);
  const shopper = createShoppers({ client, skus, declineShare: 0, seed });
  const { orderId, accessToken } = await client.placeOrder(shopper(0), `fulfilment-${seed}`);
  const page = await (await inBrowser.newContext()).newPage();
  await page.goto(`${stage.system.urls.storefront}/orders/${orderId}?token=${accessToken}`);
  await status(page, "confirmed", CONFIRM_MS);
  return { page, orderId };
}

const status = (page: Page, name: string, timeout: number) =>
  page.locator(`[data-testid="order-status"][data-status="${name}"]`).waitFor({ timeout });

it("a shopper cancels a confirmed order on its page, and sees it cancelled and the money returned", async (context) => {
  const browser = stage.browser(context);
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
  const browser = stage.browser(context);
  const { page, orderId } = await ordered(browser, 2);
  await makeDue(stage.db, orderId);
  await status(page, "shipped", SHIP_MS);
  const number = (await page.getByTestId("tracking-number").textContent()) ?? "";
  expect(number).toMatch(/^MP\d{12}$/);
  expect(await page.getByRole("button", { name: "Cancel this order" }).count()).toBe(0);
  await accessible(page);
  const console = await atConsole(browser, stage.system.urls.admin, `/orders/${orderId}`, "operator");
  await console.getByText(number, { exact: true }).waitFor();
  await console.getByRole("button", { name: "Receive return" }).click();
  await console.getByText(/Pays back \$[\d,.]+ to the card\./).waitFor();
  await console.getByLabel("Why it came back").fill("Too heavy to carry.");
  await accessible(console);
  await console.getByRole("dialog").getByRole("button", { name: "Receive return" }).click();
  await console.getByText("Too heavy to carry.", { exact: true }).waitFor();
  await accessible(console);
  await page.reload();
  await page.getByText("What you sent back has arrived.").waitFor();
  await accessible(page);
  await page.context().close();
}, 180_000);
