/** What happens to a purchase while one is at it: a code is used up; and what was ordered is ordered once more. */
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { accessible } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";
import { fillAsGuest, goToCheckout, onOrderPage, orderButton, readyToOrder } from "./visitor.ts";

const TEST_MS = 120_000;

const stage = setUpShopStage();
const guest = () => `guest-${crypto.randomUUID().slice(0, 8)}@example.com`;

it(
  "a code that somebody else uses up between cart and order is told, and the order goes on without it",
  async (context) => {
    const code = `ONE-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    await stage.db.query(sql`
    INSERT INTO discount_codes (code, kind, value, minimum, uses_max, starts_at) VALUES (${code}, 'percent', 10, 0, 1, now())`);
    const [slow, fast] = [await stage.visitor(context), await stage.visitor(context)];
    const emails = [guest(), guest()] as const;
    for (const [index, page] of [slow, fast].entries()) {
      await goToCheckout(page, stage.shop, stage.item(11));
      await page.getByLabel("Discount code").fill(code);
      await page.getByRole("button", { name: "Apply" }).click();
      await page.getByRole("button", { name: "Remove code" }).waitFor();
      await fillAsGuest(page, emails[index] ?? "");
      await readyToOrder(page);
    }
    await orderButton(fast).click();
    await onOrderPage(fast);
    await orderButton(slow).click();
    await slow.getByText(`${code} has been used as often as it can be.`).first().waitFor();
    await accessible(slow);
    expect(await stage.outcome(emails[0])).toMatchObject({ captures: 0, orders: [] });
    await slow.getByLabel("Discount code").fill("");
    await slow.getByTestId("price-discount").waitFor({ state: "detached" });
    await readyToOrder(slow);
    await orderButton(slow).click();
    await onOrderPage(slow);
    expect(await stage.outcome(emails[0])).toMatchObject({ captures: 1, statuses: ["confirmed"] });
  },
  TEST_MS,
);

it(
  "what was ordered is ordered once more with one press, and the cart says what has another price now",
  async (context) => {
    const page = await stage.visitor(context);
    const item = stage.item(12);
    await goToCheckout(page, stage.shop, item, 2);
    await fillAsGuest(page, guest());
    await readyToOrder(page);
    await orderButton(page).click();
    await onOrderPage(page);
    await stage.db.query(sql`UPDATE product_variants SET price = price + 300 WHERE sku = ${item.sku}`);
    await page.getByRole("button", { name: "Order it again" }).click();
    await page.waitForURL(/\/cart$/);
    await page.getByText("Your order is in the cart, with a difference").waitFor();
    await accessible(page);
    await page.getByRole("button", { name: "I have seen it" }).click();
    await page.getByRole("link", { name: "Check out" }).first().click();
    await page.waitForURL(/\/checkout/);
    const email = guest();
    await fillAsGuest(page, email);
    await readyToOrder(page);
    await orderButton(page).click();
    await onOrderPage(page);
    expect(await stage.outcome(email)).toMatchObject({ captures: 1, statuses: ["confirmed"], orders: [{ pieces: 2 }] });
    await stage.db.query(sql`UPDATE product_variants SET price = price - 300 WHERE sku = ${item.sku}`);
  },
  TEST_MS,
);
