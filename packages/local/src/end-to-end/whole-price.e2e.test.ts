/** The whole price before the last click: goods, a discount code, delivery and tax, the same on every page that says it. */
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { fits } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";
import { CARDS, goOn, goToCheckout, onOrderPage, orderButton, readyToOrder } from "./visitor.ts";

const stage = setUpShopStage();

const rowsOf = (page: Page) => page.getByTestId(/^price-/).allTextContents();

it("a code, express and a German address: review, receipt and order say one total", async (context) => {
  const code = `TEN-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
  await stage.db.query(sql`
    INSERT INTO discount_codes (code, kind, value, minimum, starts_at) VALUES (${code}, 'percent', 10, 0, now())`);
  const page = await stage.visitor(context);
  await goToCheckout(page, stage.shop, stage.item(0));
  await page.getByLabel("Discount code").fill(`${code}x`);
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByText(`There is no code ${code}X. Check how it is spelled.`).waitFor();
  await page.getByLabel("Discount code").fill(code.toLowerCase());
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("button", { name: "Remove code" }).waitFor();

  await page.getByLabel("E-mail").fill("ines@example.com");
  await goOn(page);
  await page.getByLabel("Country").selectOption("DE");
  await page.getByLabel("Full name").fill("Ines Moreau");
  await page.getByLabel("Street and number").fill("Lilienweg 14");
  await page.getByLabel("Postal code").fill("1");
  await page.getByLabel("City").fill("Berlin");
  await page.getByText("Enter a postal code such as 10115").waitFor();
  await page.getByLabel("Postal code").fill("10115");
  await page.getByLabel("Express delivery").check();
  await page.getByText("Includes 19% tax, Germany").waitFor();
  await goOn(page);
  await page.getByText("Test numbers").click();
  await page.getByRole("button", { name: CARDS.pays }).click();
  await goOn(page);
  await readyToOrder(page);
  await page.goBack();
  await page.getByLabel("Card number").waitFor();
  await page.goForward();
  await readyToOrder(page);
  await fits(page);

  const total = (await page.getByTestId("checkout-total").textContent()) ?? "";
  const rows = await rowsOf(page);
  expect(rows.map((row) => row.replace(/-?\$.*/, ""))).toEqual([
    "Goods",
    `Code ${code}`,
    "Express delivery",
    "Includes 19% tax, Germany",
  ]);
  expect(await orderButton(page).textContent()).toBe(`Place order · ${total}`);
  await orderButton(page).click();
  await onOrderPage(page);
  expect(await page.getByTestId("receipt-total").textContent()).toBe(`Total${total}`);
  expect(await rowsOf(page)).toEqual(rows);
}, 120_000);
