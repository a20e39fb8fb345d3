/** A session that ends on the way from the cart to the order: in each step one is told before one types more, and loses nothing. */
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { accessible } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";
import { fillAddress, fillDelivery, goOn, goToCheckout, onOrderPage, orderButton, payByCard } from "./visitor.ts";
import { loseTheAnswer, putIn, readyToOrder, register, signIn, signInByForm, typedCity } from "./visitor.ts";

const TEST_MS = 120_000;
const STEPS = ["cart", "contact", "delivery", "payment"] as const;
type Step = (typeof STEPS)[number];

const stage = setUpShopStage();

const endSession = (email: string) =>
  stage.db.query(sql`DELETE FROM auth_sessions WHERE user_id IN (SELECT id FROM auth_users WHERE email = ${email})`);

/** Goes as far as the step, and types in it what is asked there. */
async function standIn(page: Page, step: Step, orderedBy: string): Promise<void> {
  const item = stage.item(13);
  if (step === "cart") {
    await page.goto(`${stage.shop}/p/${item.slug}?sku=${item.sku}`);
    await putIn(page, 1);
    await page.getByRole("link", { name: "See the whole cart" }).click();
    return page.waitForURL(/\/cart$/);
  }
  await goToCheckout(page, stage.shop, item);
  if (step === "contact") {
    await page.getByRole("button", { name: "Edit contact" }).click();
    return page.getByLabel("E-mail").fill(orderedBy);
  }
  await fillAddress(page);
  if (step === "payment") await goOn(page);
}

/** What one does in the step, which is where one learns it. */
async function act(page: Page, step: Step): Promise<void> {
  if (step === "cart") await oneMore(page);
  else if (step === "payment") await payByCard(page);
  else await goOn(page);
}

const oneMore = (page: Page) =>
  page
    .getByRole("main")
    .getByRole("button", { name: /^One more of/ })
    .click();

const told = (page: Page) => page.getByRole("alert").filter({ hasText: "You have been signed out" });

/** From where the step left one to the order's page. */
async function order(page: Page, step: Step, orderedBy: string, isGuest: boolean): Promise<void> {
  if (step === "cart") {
    await page.getByRole("link", { name: "Cart, 2 items" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Check out" }).click();
    await page.waitForURL(/\/checkout/);
    if (isGuest) await page.getByLabel("E-mail").fill(orderedBy);
    if (isGuest) await goOn(page);
    if (isGuest) await page.getByLabel("Full name").fill("Cleo");
    await fillDelivery(page);
  } else {
    if (step === "contact") await fillAddress(page);
    else expect(await typedCity(page)).toBe("Portland");
    await goOn(page);
    await payByCard(page);
  }
  await readyToOrder(page);
  await orderButton(page).click();
  await onOrderPage(page);
}

it.for(STEPS)(
  "a session that ends in the step %s is told there: one signs in and is back with all of it, or goes on as a guest",
  { timeout: TEST_MS },
  async (step, context) => {
    const [own, shared] = [await stage.visitor(context), await stage.visitor(context)];
    const email = await register(own, stage.shop, "Cleo");
    const orderedBy = step === "contact" ? `else-${email}` : email;
    await standIn(own, step, orderedBy);
    await endSession(email);
    await act(own, step);
    await told(own).waitFor();
    await accessible(own);
    const at = new URL(own.url()).pathname;
    await own.getByRole("main").getByRole("link", { name: "Sign in and come back here" }).click();
    await signInByForm(own, email);
    await own.waitForURL((url) => url.pathname === at);
    await order(own, step, orderedBy, false);

    await signIn(shared, stage.shop, email);
    await standIn(shared, step, orderedBy);
    await endSession(email);
    await act(shared, step);
    await asGuest(shared);
    await order(shared, step, orderedBy, true);

    const pieces = step === "cart" ? 2 : 1;
    expect(await stage.outcome(orderedBy)).toMatchObject({
      captures: 2,
      statuses: ["confirmed", "confirmed"],
      orders: [
        { pieces, customerId: expect.any(String) },
        { pieces, customerId: null },
      ],
    });
  },
);

async function asGuest(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: "Go on as a guest" }).click();
  await told(page).waitFor({ state: "detached" });
}

it.for(["signs in again in another tab", "goes on as a guest"])(
  "a price that is asked for while the session ends comes as soon as one %s",
  { timeout: TEST_MS },
  async (way, context) => {
    const page = await stage.visitor(context);
    const email = await register(page, stage.shop, "Cleo");
    const ended = Promise.withResolvers<void>();
    await page.route("**/cart.quote*", async (route) => {
      await ended.promise;
      await route.continue();
    });
    await goToCheckout(page, stage.shop, stage.item(13));
    await endSession(email);
    ended.resolve();
    await told(page).waitFor();
    await fillDelivery(page);
    expect(await stage.outcome(email)).toMatchObject({ captures: 0, orders: [] });
    if (way === "goes on as a guest") {
      await asGuest(page);
      await payByCard(page);
    } else {
      const other = await page.context().newPage();
      await other.goto(`${stage.shop}/login`);
      await signInByForm(other, email);
      await other.waitForURL(/\/account/);
      await page.bringToFront();
      await other.goto(`${stage.shop}/cart`);
      await oneMore(other); // it tells the other tabs
      await told(page).waitFor({ state: "detached" });
    }
    await readyToOrder(page);
    await orderButton(page).click();
    await onOrderPage(page);
    expect(await stage.outcome(email)).toMatchObject({ captures: 1, statuses: ["confirmed"] });
  },
);

it(
  "a cart that may have been ordered is offered to no guest, on whichever page",
  { timeout: TEST_MS },
  async (context) => {
    const page = await stage.visitor(context);
    const email = await register(page, stage.shop, "Cleo");
    await goToCheckout(page, stage.shop, stage.item(14));
    await fillDelivery(page);
    await readyToOrder(page);
    await loseTheAnswer(page);
    await endSession(email);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Ask what became of it" }).click();
    await told(page).waitFor();
    const asGuestButton = page.getByRole("button", { name: "Go on as a guest" });
    await expect.poll(() => asGuestButton.count()).toBe(0);
    await page.getByRole("link", { name: "Change" }).click();
    await page.waitForURL(/\/cart$/);
    await told(page).waitFor();
    await expect.poll(() => asGuestButton.count()).toBe(0);
    await page.getByRole("main").getByRole("link", { name: "Sign in and come back here" }).click();
    await signInByForm(page, email);
    await page.getByRole("link", { name: "Cart, 0 items" }).waitFor();
    expect(await stage.outcome(email)).toMatchObject({ captures: 1, statuses: ["confirmed"] });
  },
);
