/** The cart as its shopper has it: what is short, who they are, what they clicked, what their browser keeps. */
import { sql } from "@tillstream/runtime";
import { describe, expect, it } from "vitest";
import { launchBlockedBrowser } from "./blocked-browser.ts";
import { NO_BROWSER } from "../environment/browser.ts";
import { accessible } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";
import { fillAsGuest, fillDelivery, goOn, goToCheckout, onOrderPage, orderButton, payByCard } from "./visitor.ts";
import { press, putIn, readyToOrder, register, signInByForm, typedCity } from "./visitor.ts";

const stage = setUpShopStage();

const TEST_MS = 120_000;
const ONE = { captures: 1, statuses: ["confirmed"] };
const someone = () => `guest-${crypto.randomUUID().slice(0, 8)}@example.com`;

describe("what is known to be short", () => {
  it("is itemised, has to be accepted, and is not charged before", { timeout: TEST_MS }, async (context) => {
    const page = await stage.visitor(context);
    const email = someone();
    await page.goto(`${stage.shop}/p/${stage.item(7).slug}?sku=${stage.item(7).sku}`);
    await putIn(page, 1);
    const drawer = page.getByRole("dialog", { name: "Your cart" });
    // Not the quantity: on a phone its keyboard would cover the cart.
    await drawer.locator("button:focus").waitFor();
    await drawer.getByLabel(/^Quantity of/).fill("999");
    await drawer.getByLabel(/^Quantity of/).press("Enter");
    await drawer.getByText(/^Only \d+ left\.$/).waitFor();
    expect(await drawer.getByRole("button", { name: "Check out" }).isDisabled()).toBe(true);
    await accessible(page);
    await drawer.getByRole("button", { name: "Remove" }).press("Enter");
    await drawer.locator("button:focus", { hasText: "Undo" }).press("Enter");
    await drawer.getByText(/^Only \d+ left\.$/).waitFor();
    await drawer.locator(":focus").waitFor();
    await page.goto(`${stage.shop}/checkout`);
    await fillAsGuest(page, email);
    await page.getByText("One thing to settle before you order").waitFor();
    expect(await orderButton(page).isDisabled()).toBe(true);
    await press(page);
    expect(await stage.outcome(email)).toMatchObject({ captures: 0, orders: [] });
    await accessible(page);
    await page.getByRole("button", { name: /^Take \d+/ }).press("Enter");
    await readyToOrder(page);
    await page.locator("main li:focus").waitFor();
  });

  it(
    "is refused at the press when it is short by then, at its line and with what was typed kept",
    { timeout: TEST_MS },
    async (context) => {
      const page = await stage.visitor(context);
      const email = someone();
      await goToCheckout(page, stage.shop, stage.item(8), 9);
      await fillAsGuest(page, email);
      const { sku } = stage.item(8);
      const [before] = await stage.db.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${sku}`);
      const available = before?.available ?? expect.fail("the item has stock");
      await stage.db.query(sql`UPDATE stock SET available = 2 WHERE sku = ${sku}`);
      await orderButton(page).click();
      await page.getByText("Not everything is in stock any more").waitFor();
      await page.getByRole("button", { name: "Take 2" }).click();
      await readyToOrder(page);
      expect(await stage.outcome(email)).toMatchObject({ captures: 0, orders: [] });
      await orderButton(page).click();
      await onOrderPage(page);
      await stage.db.query(sql`UPDATE stock SET available = available + ${available - 2} WHERE sku = ${sku}`);
      expect(await stage.outcome(email)).toMatchObject({ ...ONE, orders: [{ pieces: 2 }] });
    },
  );

  it("or dearer than it was is named and accepted", { timeout: TEST_MS }, async (context) => {
    const page = await stage.visitor(context);
    await goToCheckout(page, stage.shop, stage.item(9));
    await fillAsGuest(page, someone());
    await stage.db.query(sql`UPDATE product_variants SET price = price + 500 WHERE sku = ${stage.item(9).sku}`);
    await page.reload();
    await page.getByText("A price has changed").waitFor();
    await payByCard(page);
    expect(await orderButton(page).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Accept the new price" }).click();
    await readyToOrder(page);
    await stage.db.query(sql`UPDATE product_variants SET price = price - 500 WHERE sku = ${stage.item(9).sku}`);
  });
});

describe("who is ordering", () => {
  it(
    "is who the page was made for: when the session has ended nothing is placed, and one can sign in",
    { timeout: TEST_MS },
    async (context) => {
      const page = await stage.visitor(context);
      const email = await register(page, stage.shop, "Cleo");
      await goToCheckout(page, stage.shop, stage.item(10));
      await fillDelivery(page);
      await stage.db.query(
        sql`DELETE FROM auth_sessions WHERE user_id IN (SELECT id FROM auth_users WHERE email = ${email})`,
      );
      await orderButton(page).click();
      await page.getByText("You have been signed out").waitFor();
      await accessible(page);
      expect(await stage.outcome(email)).toMatchObject({ captures: 0, orders: [] });
      await page.getByRole("main").getByRole("link", { name: "Sign in and come back here" }).click();
      await signInByForm(page, email);
      await page.waitForURL(/\/checkout/);
      expect(await typedCity(page)).toBe("Portland");
      await goOn(page);
      await payByCard(page);
      await orderButton(page).click();
      await onOrderPage(page);
      const { orders, ...rest } = await stage.outcome(email);
      expect(rest).toMatchObject(ONE);
      expect(orders[0]?.customerId).not.toBeNull();
    },
  );

  it("brings along what was put in before signing in, and is told so", { timeout: TEST_MS }, async (context) => {
    const email = await register(await stage.visitor(context), stage.shop, "Dora");
    const page = await stage.visitor(context);
    await page.goto(`${stage.shop}/p/${stage.item(11).slug}?sku=${stage.item(11).sku}`);
    const saved = page.waitForResponse(/cart\.setQuantity/);
    await putIn(page, 3);
    await saved;
    await page.goto(`${stage.shop}/cart`);
    await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
    await signInByForm(page, email);
    await page.waitForURL(`${stage.shop}/cart`);
    await page.getByText("3 items you had put in before signing in are in your cart").waitFor();
    await page.reload();
    await page.getByRole("link", { name: "Cart, 3 items" }).waitFor();
    expect(await page.getByText("before signing in").count()).toBe(0);
  });

  it("leaves nothing behind on a shared computer", { timeout: TEST_MS }, async (context) => {
    const page = await stage.visitor(context);
    await register(page, stage.shop, "Edda");
    await goToCheckout(page, stage.shop, stage.item(12));
    await fillDelivery(page);
    await page.goto(`${stage.shop}/account`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${stage.shop}/`);
    await page.getByRole("link", { name: "Cart, 0 items" }).waitFor();
    const next = await register(page, stage.shop, "Fay");
    await goToCheckout(page, stage.shop, stage.item(13));
    const typed = ["Full name", "Street and number", "City"].map((label) => page.getByLabel(label).inputValue());
    expect(await Promise.all(typed)).toEqual(["Fay", "", ""]);
    await page.getByRole("region", { name: "Contact" }).getByText(next).waitFor();
  });
});

describe("what was clicked", () => {
  it(
    "is not lost when the shop cannot be reached, and is said not to be saved yet",
    { timeout: TEST_MS },
    async (context) => {
      const page = await stage.visitor(context);
      await page.goto(`${stage.shop}/p/${stage.item(14).slug}?sku=${stage.item(14).sku}`);
      await page.route("**/cart.setQuantity", (route) => route.abort());
      await putIn(page, 2);
      await page.getByText("Not saved yet").waitFor();
      await accessible(page);
      const saved = page.waitForResponse(/cart\.setQuantity/); // by this page's next try or, after the reload, by the next page
      await page.unrouteAll();
      await page.reload();
      await page.getByRole("link", { name: "Cart, 2 items" }).waitFor();
      await saved;
      const other = await page.context().newPage();
      await other.goto(`${stage.shop}/cart`);
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
    await page.goto(`${stage.shop}/products`);
    await expect(page.evaluate("localStorage.length")).rejects.toThrow("Access is denied");
    await page.locator("main ul a[href^='/p/']").first().click();
    await page.waitForURL(/\/p\//);
    await putIn(page, 2);
    await page.getByRole("link", { name: "Check out" }).click();
    await page.waitForURL(/\/checkout/);
    await fillAsGuest(page, email);
    await orderButton(page).click();
    await onOrderPage(page);
    expect(await blocked.cookies()).toEqual([]);
    await blocked.close();
    expect(await stage.outcome(email)).toMatchObject({ ...ONE, orders: [{ pieces: 2 }] });
  });
});
