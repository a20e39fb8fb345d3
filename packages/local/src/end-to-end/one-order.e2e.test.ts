/** One cart is one order, however often it is ordered and whatever is lost on the way: read from the gateway's ledger and the store. */
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { accessible } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";
import {
  carriedOutAndLost,
  CARDS,
  fillAsGuest,
  fillDelivery,
  goOn,
  goToCheckout,
  onOrderPage,
  orderButton,
} from "./visitor.ts";
import {
  ask,
  loseTheAnswer,
  payByCard,
  press,
  readyToOrder,
  register,
  signIn,
  signInByForm,
  typedCity,
} from "./visitor.ts";

const stage = setUpShopStage();

const TEST_MS = 120_000;
const ONE = { captures: 1, statuses: ["confirmed"] };
const someone = () => `guest-${crypto.randomUUID().slice(0, 8)}@example.com`;

describe("one cart is one order", () => {
  it("in two tabs, both pressed within a second", { timeout: TEST_MS }, async (context) => {
    const first = await stage.visitor(context);
    const email = someone();
    await goToCheckout(first, stage.shop, stage.item(0), 2);
    const second = await first.context().newPage();
    await second.goto(`${stage.shop}/checkout`);
    for (const page of [first, second]) await fillAsGuest(page, email);
    await Promise.all([first, second].map((page) => readyToOrder(page)));
    await Promise.all([first, second].map((page) => press(page)));
    const orders = await Promise.all([first, second].map((page) => onOrderPage(page)));
    expect(await stage.outcome(email)).toMatchObject({ ...ONE, ids: [orders[0]] });
    expect(orders[1]).toBe(orders[0]);
  });

  it("on two devices of one account, which show the same cart", { timeout: TEST_MS }, async (context) => {
    const phone = await stage.visitor(context);
    const desk = await stage.visitor(context);
    const email = await register(phone, stage.shop, "Ada");
    await signIn(desk, stage.shop, email);
    await goToCheckout(phone, stage.shop, stage.item(1), 2);
    await desk.goto(`${stage.shop}/cart`);
    await desk.getByRole("link", { name: "Cart, 2 items" }).waitFor();
    await desk.getByRole("button", { name: /^One more of/ }).click();
    await desk.getByRole("link", { name: "Check out" }).click();
    await fillDelivery(desk);
    await phone.reload();
    await phone.getByText("3 pieces").waitFor();
    await fillDelivery(phone);
    await Promise.all([phone, desk].map((page) => readyToOrder(page)));
    await Promise.all([phone, desk].map((page) => press(page)));
    await Promise.all([phone, desk].map((page) => onOrderPage(page)));
    expect(await stage.outcome(email)).toMatchObject({ ...ONE, orders: [{ pieces: 3 }] });
    // No link that opens it stays in the browser's history for the next person at it.
    for (const page of [phone, desk]) expect(new URL(page.url()).search).toBe("");
  });

  it("when its answer is lost: the page finds the order by itself", { timeout: TEST_MS }, async (context) => {
    const page = await stage.visitor(context);
    const email = someone();
    await goToCheckout(page, stage.shop, stage.item(2));
    await fillAsGuest(page, email);
    await page.route("**/checkout.placeOrder", carriedOutAndLost);
    await orderButton(page).click();
    await onOrderPage(page);
    expect(await stage.outcome(email)).toMatchObject(ONE);
    // What the guest typed is not for the next person at this computer.
    await goToCheckout(page, stage.shop, stage.item(2));
    expect(await page.getByLabel("E-mail").inputValue()).toBe("");
    await page.getByLabel("E-mail").fill(email);
    await goOn(page);
    for (const label of ["Full name", "City"]) expect(await page.getByLabel(label).inputValue()).toBe("");
  });

  it("when nothing gets through for a while, and one asks", { timeout: TEST_MS }, async (context) => {
    const page = await stage.visitor(context);
    const email = someone();
    await goToCheckout(page, stage.shop, stage.item(3));
    await fillAsGuest(page, email);
    await loseTheAnswer(page);
    await accessible(page);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Ask what became of it" }).click();
    await onOrderPage(page);
    expect(await stage.outcome(email)).toMatchObject(ONE);
  });

  it("when nothing gets through, and one signs in by the page's own link", { timeout: TEST_MS }, async (context) => {
    const page = await stage.visitor(context);
    const account = await register(await stage.visitor(context), stage.shop, "Bea");
    const email = someone();
    await goToCheckout(page, stage.shop, stage.item(4));
    await fillAsGuest(page, email);
    await loseTheAnswer(page);
    await page.unrouteAll();
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).first().click();
    await signInByForm(page, account);
    await page.waitForURL(/\/checkout/);
    await page.getByText("Your order is placed").waitFor();
    await page.getByRole("link", { name: "See your order" }).click();
    await onOrderPage(page);
    expect(await stage.outcome(email)).toMatchObject(ONE);
    expect(await stage.outcome(account)).toMatchObject({ captures: 0, orders: [] });
  });

  it("in a tab that is restored when the key has expired", { timeout: TEST_MS }, async (context) => {
    const page = await stage.visitor(context);
    const email = someone();
    await goToCheckout(page, stage.shop, stage.item(5));
    await fillAsGuest(page, email);
    await loseTheAnswer(page);
    expect((await stage.outcome(email)).ids).toHaveLength(1);
    await stage.db.query(sql`DELETE FROM idempotency_keys WHERE scope = 'checkout.placeOrder'`);
    await page.unrouteAll();
    const restored = await page.context().newPage();
    await restored.goto(`${stage.shop}/checkout`);
    await restored.getByText("Your order is placed").waitFor();
    await accessible(restored);
    await page.getByRole("button", { name: "Ask what became of it" }).click();
    await onOrderPage(page);
    expect(await stage.outcome(email)).toMatchObject(ONE);
  });
});

describe("a declined card", () => {
  it(
    "leaves the shopper in the payment step, with everything typed and the cart as it was",
    { timeout: TEST_MS },
    async (context) => {
      const page = await stage.visitor(context);
      const email = someone();
      await goToCheckout(page, stage.shop, stage.item(6), 2);
      await fillAsGuest(page, email, CARDS.isDeclined);
      await orderButton(page).click();
      const headline = page.getByRole("heading", { name: "Your card was declined" });
      await headline.waitFor();
      expect(new URL(page.url()).pathname).toBe("/checkout");
      await page.locator("h3:focus", { hasText: "Your card was declined" }).waitFor();
      await accessible(page);
      await triesAgainAndGoesBack(page, email);
      await page.reload();
      await headline.waitFor();
      expect(await typedCity(page)).toBe("Portland");
      await page.getByText("2 pieces").waitFor();
      await goOn(page);
      await payByCard(page);
      await orderButton(page).click();
      await onOrderPage(page);
      await page.getByRole("link", { name: "Cart, 0 items" }).waitFor();
      const { statuses, captures, orders } = await stage.outcome(email);
      expect([statuses, captures, orders.at(-1)?.pieces]).toEqual([["cancelled", "confirmed"], 1, 2]);
    },
  );
});

/** By the declined order's own page: the way back is none that fills the cart. */
async function triesAgainAndGoesBack(page: Page, email: string): Promise<void> {
  const [declined] = await stage.db.query<{ id: string }>(
    sql`SELECT id FROM orders WHERE cancel_reason = 'CARD_DECLINED' AND email = ${email}`,
  );
  const cart = await ask(page, `${stage.shop}/api/trpc/cart.get`);
  const { result } = (await cart.json()) as { result: { data: { lastOrder: { accessToken: string } } } }; // tRPC's envelope
  const declinedPage = `${stage.shop}/orders/${declined?.id}?token=${result.data.lastOrder.accessToken}`;
  await page.goto(declinedPage);
  for (let times = 0; times < 2; times += 1) {
    await page.getByRole("link", { name: "Back to checkout" }).click();
    await page.waitForURL(/\/checkout\?step=payment/);
    await page.getByText("2 pieces").waitFor();
    await page.goBack();
  }
  await page.goForward();
  await page.waitForURL(/\/checkout/);
}
