/** Buying, with a card and with store credit, and what the console shows of it. */
import type { Browser, Page } from "playwright-core";
import { describe, expect, it, vi } from "vitest";
import { LOCAL_PASSWORD } from "../seed/users.ts";
import { accessible } from "./accessible.ts";
import { setUpStage } from "./stage.ts";
import { ask, CARDS, fillAsGuest, goOn, typedCity } from "./visitor.ts";

const CONFIRM_MS = 5_000;
const END_MS = 30_000;
const WAIT = { timeout: 15_000, interval: 200 };

const stage = setUpStage();

/** A visitor of its own, with its own cookies. */
async function newPage(inBrowser: Browser): Promise<Page> {
  const context = await inBrowser.newContext();
  return context.newPage();
}

async function buySomething(page: Page): Promise<void> {
  await page.goto(stage.system.urls.storefront);
  await page.getByRole("link", { name: "See everything" }).first().click();
  await page.waitForURL(/\/products/);
  await accessible(page);
  await page.locator("main ul a[href^='/p/']").first().click();
  await page.waitForURL(/\/p\//);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.waitForURL(/\/checkout/);
  await page.getByRole("button", { name: /^Continue to / }).waitFor();
}

describe("the shop", () => {
  it("sells: a browser buys a product and sees it confirmed within five seconds", async (context) => {
    const browser = stage.browser(context);
    const page = await newPage(browser);
    await buySomething(page);
    await accessible(page);
    await fillAsGuest(page, "ines@example.com");
    await accessible(page);
    await page.getByRole("button", { name: /Place order/ }).click();
    await page.locator('[data-testid="order-status"][data-status="confirmed"]').waitFor({ timeout: CONFIRM_MS });
    expect(await page.getByTestId("order-status").textContent()).toBe("Your order is confirmed");
    await accessible(page);
    const orderId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await showsItsEvents(browser, orderId);
    await page.context().close();
  }, 240_000);

  it("tells what a declined card means, keeps what was typed, and lets one try again", async (context) => {
    const browser = stage.browser(context);
    const page = await newPage(browser);
    await buySomething(page);
    await goOn(page);
    await page
      .getByRole("alert")
      .getByRole("link", { name: /e-mail address/ })
      .waitFor();
    await fillAsGuest(page, "ines@example.com", CARDS.isDeclined);
    await page.getByRole("button", { name: /Place order/ }).click();
    await page.getByRole("heading", { name: "Your card was declined" }).waitFor();
    await page.getByText("You were not charged, and your cart is as it was.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/checkout");
    expect(await typedCity(page)).toBe("Portland");
    await page.context().close();
  }, 120_000);
});

describe("store credit", () => {
  it("explains every cent: 500 in, 200 out, 700 in makes 1,000, and an order is paid from it", async (context) => {
    const browser = stage.browser(context);
    const page = await newPage(browser);
    await page.goto(`${stage.system.urls.storefront}/register?next=/account/credit`);
    await page.getByLabel("Your name").fill("Tess Tester");
    await page.getByLabel("E-mail").fill("tess@example.com");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Create the account" }).click();
    await page.waitForURL(/\/account\/credit/);
    await page.getByRole("button", { name: "Open the account" }).click();
    await move(page, "500", "Add credit", "$500.00");
    await move(page, "200", "Withdraw", "$300.00");
    await page.getByLabel("Amount in dollars").fill("9000");
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.getByText("You have less than this available. Enter a smaller amount.").waitFor();
    await move(page, "700", "Add credit", "$1,000.00");
    await accessible(page);
    // The statement is a read model of its own: it may come a moment after the balance.
    await vi.waitFor(async () => {
      const csv = await ask(page, `${stage.system.urls.storefront}/account/credit/statement.csv`);
      expect((await csv.text()).split("\r\n").map((line) => line.split(",").slice(1, 4).join(" "))).toEqual([
        "What Amount Balance",
        "Credit added 700.00 1000.00",
        "Withdrawn -200.00 300.00",
        "Credit added 500.00 500.00",
        "Account opened 0.00 0.00",
        "",
      ]);
    }, WAIT);
    await buySomething(page);
    await page.getByLabel("Street and number").fill("1 Street");
    await page.getByLabel("Postal code").fill("12345");
    await page.getByLabel("City").fill("Town");
    await goOn(page);
    await page.getByText("Store credit", { exact: true }).click();
    await goOn(page);
    await page.getByRole("button", { name: /Place order/ }).click();
    await page.locator('[data-testid="order-status"][data-status="confirmed"]').waitFor({ timeout: END_MS });
    await page.goto(`${stage.system.urls.storefront}/account/credit`);
    await page.getByText("Paid for an order").waitFor();
    await page.context().close();
  }, 180_000);
});

async function move(page: Page, dollars: string, button: string, available: string): Promise<void> {
  await page.getByLabel("Amount in dollars").fill(dollars);
  await page.getByRole("button", { name: button }).click();
  await page.getByTestId("available").getByText(available).waitFor();
}

/** Signs in to the console as a viewer and reads the order's events there. */
async function showsItsEvents(inBrowser: Browser, orderId: string): Promise<void> {
  const page = await newPage(inBrowser);
  await page.goto(`${stage.system.urls.admin}/streams/order-${orderId}`);
  await page.waitForURL(/\/login/);
  await page.getByLabel("E-mail").fill("viewer@tillstream.test");
  await page.getByLabel("Password").fill(LOCAL_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(new RegExp(`/streams/order-${orderId}`));
  const types = ["OrderCreated", "PaymentCaptured", "StockReserved", "OrderConfirmed"];
  await page.getByText("OrderConfirmed").first().waitFor();
  const text = (await page.locator("main").textContent()) ?? "";
  const places = types.map((type) => text.indexOf(type));
  expect(places.every((place) => place >= 0)).toBe(true);
  await page.getByLabel("First event after which this is true").fill('status = "confirmed"');
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: "OrderConfirmed" }).last().waitFor();
  await page.getByText(/^Version \d/).waitFor();
  await accessible(page);
  for (const path of [
    "/",
    "/events",
    "/schemas",
    "/projections",
    "/outbox",
    "/sagas",
    "/orders",
    "/discounts",
    "/dead-letters",
    "/mail",
  ]) {
    await page.goto(stage.system.urls.admin + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await accessible(page);
  }
  await page.context().close();
}
