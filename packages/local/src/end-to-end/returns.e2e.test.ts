/** A guest sends back one of three; the merchant receives it, and the money is back to the cent. */
import { expect, it } from "vitest";
import { sql } from "@tillstream/runtime";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { accessible, fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { becomes, makeDue } from "./shared-system.ts";
import { setUpStage } from "./stage.ts";

const stage = setUpStage();

it("a guest returns one of three by the link, prints the label, and sees the refund that the merchant's receipt leads to", async (context) => {
  const browser = stage.browser(context);
  const { storefront, admin } = stage.system.urls;
  const client = createShopClient(storefront);
  const [sku = ""] = await client.skus();
  const shopper = createShoppers({ client, skus: [sku], declineShare: 0, seed: 71 });
  const request = { ...shopper(0), lines: [{ sku, quantity: 3 }] };
  const { orderId, accessToken } = await client.placeOrder(request, "returns-71");
  await becomes(stage.db, orderId, "confirmed");
  await makeDue(stage.db, orderId);
  await becomes(stage.db, orderId, "shipped");

  const page = await (await browser.newContext()).newPage();
  await page.goto(`${storefront}/orders/${orderId}?token=${accessToken}`);
  await page.locator('[data-testid="order-status"][data-status="shipped"]').waitFor();
  await page.getByRole("button", { name: "Send something back" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("What are you sending back?").waitFor();
  await dialog.getByRole("button", { name: "Announce the return" }).click();
  await dialog.getByText("Choose how many of which things come back.").waitFor();
  await dialog.getByRole("button", { name: /^One more of/ }).click();
  await dialog.getByLabel(/^Why .* comes back/).selectOption("DAMAGED");
  await dialog
    .getByTestId("return-amount")
    .getByText(/^\$[\d,.]+$/)
    .waitFor();
  await accessible(page);
  await dialog.getByRole("button", { name: "Announce the return" }).click();
  await page.locator('[data-testid="return"][data-status="requested"]').waitFor();
  await fits(page);

  await page.getByRole("link", { name: /^Label to print/ }).click();
  const number = (await page.getByTestId("return-number").textContent()) ?? "";
  expect(number).toMatch(/^\w{5}-\w{5}-R1$/);
  await page
    .getByRole("region", { name: "Label" })
    .getByText(/^From /)
    .waitFor();
  await fits(page);
  await page.getByRole("link", { name: "Back to the order" }).click();
  await page.locator('[data-testid="return"][data-status="requested"]').waitFor();

  const console = await atConsole(browser, admin, "/returns", "operator");
  const announced = console.getByRole("listitem").filter({ hasText: number });
  await announced.getByRole("button", { name: "Receive lines" }).click();
  await accessible(console);
  await console.getByRole("dialog").getByRole("button", { name: "Receive lines" }).click();
  await announced.waitFor({ state: "detached" });

  await page.locator('[data-testid="return"][data-status="received"]').waitFor();
  const [paid] = await stage.db.query<{ total: number; currency: string; each: number }>(sql`
    SELECT total, currency, (refunds -> 0 ->> 'amount')::int AS each FROM orders WHERE id = ${orderId}`);
  const { total, currency, each } = paid ?? expect.fail();
  expect(each).toBe(Math.floor(total / 3));
  const refund = new Intl.NumberFormat("en-US", { style: "currency", currency }).format(each / 100);
  await page.getByText(`We returned ${refund} for`).waitFor();
  await page.getByText("Your money is back.").waitFor();
  await page.getByRole("link", { name: "Receipt to print" }).click();
  await page.waitForURL(/\/receipt/);
  await page.getByRole("heading", { name: "Receipt", level: 1 }).waitFor();
  await page.getByRole("list", { name: "Refunds" }).getByText(refund).waitFor();
  await fits(page);
  for (const opened of [page, console]) await opened.context().close();
}, 180_000);
