import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import type { Placed } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { accessible } from "./accessible.ts";
import { launchBlockedBrowser } from "./blocked-browser.ts";
import { NO_BROWSER } from "../environment/browser.ts";
import { makeDue } from "./shared-system.ts";
import { setUpStage } from "./stage.ts";

/** `tok_slow` answers after 5 s; the worker may have other things to do. */
const CONFIRM_MS = 30_000;
const SHIP_MS = 30_000;

const stage = setUpStage();

/** A guest's order, paid with this card. */
async function placeOrder(token: string, seed: number): Promise<Placed> {
  const client = createShopClient(stage.system.urls.storefront);
  const skus = (await client.skus()).slice(0, 1);
  const shopper = createShoppers({ client, skus, declineShare: 0, seed });
  return client.placeOrder({ ...shopper(0), payment: { method: "card", token } }, `order-live-${seed}`);
}

const addressOf = ({ orderId, accessToken }: Placed): string =>
  `${stage.system.urls.storefront}/orders/${orderId}?token=${accessToken}`;

const reaches = (page: Page, status: string, timeout = CONFIRM_MS): Promise<void> =>
  page.locator(`[data-testid="order-status"][data-status="${status}"]`).waitFor({ timeout });

/** How many live streams this browser has open. */
function countStreams(context: BrowserContext): () => number {
  const open = new Set<unknown>();
  context.on("request", (request) => request.url().includes("orders.watch") && open.add(request));
  context.on("requestfinished", (request) => open.delete(request));
  context.on("requestfailed", (request) => open.delete(request));
  return () => open.size;
}

/** As when another tab is brought to the front, or this one back. */
const setVisible = (page: Page, visible: boolean): Promise<unknown> =>
  page.evaluate(`
    Object.defineProperty(document, "visibilityState", { value: "${visible ? "visible" : "hidden"}", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));`);

describe("the live stream", () => {
  it("eight open order pages share one, and none of them stalls the shop; hidden ones have none", async (context) => {
    const browser = stage.browser(context);
    const tabs = await browser.newContext();
    const streams = countStreams(tabs);
    const pages: Page[] = [];
    for (const seed of [101, 102, 103, 104, 105, 106, 107]) {
      const page = await tabs.newPage();
      // It waits for an answer of the bank that never comes: it is under way for half a minute.
      await page.goto(addressOf(await placeOrder("tok_timeout", seed)));
      await page.getByTestId("order-status").waitFor();
      pages.push(page);
    }
    const further = await tabs.newPage();
    await further.goto(`${stage.system.urls.storefront}/products`);
    await further.getByRole("heading", { level: 1 }).waitFor();
    expect(await further.evaluate(`fetch("/api/trpc/catalogue.categories").then(({ status }) => status)`)).toBe(200);

    const eighth = await tabs.newPage();
    // What it hears, it hears from the stream.
    await eighth.route(/orders\.byId/, (route) => route.abort());
    const slow = await placeOrder("tok_slow", 108);
    await eighth.goto(addressOf(slow));
    await reaches(eighth, "confirmed");
    await expect.poll(streams).toBe(1);

    // One after the other goes out of sight, the leader among them: as long as one is seen, there is a stream.
    for (const page of pages) await setVisible(page, false);
    await expect.poll(streams).toBe(1);
    await setVisible(eighth, false);
    await expect.poll(streams).toBe(0);

    await cancelElsewhere(slow);
    await setVisible(eighth, true);
    await reaches(eighth, "cancelled");
    expect(await eighth.getByTestId("order-status").textContent()).toBe("You cancelled your order");
    await expect.poll(streams).toBe(0);
    await tabs.close();
  }, 120_000);
});

/** As from another device: the browser under test hears of it from the shop alone. */
async function cancelElsewhere(order: Placed): Promise<void> {
  const response = await fetch(`${stage.system.urls.storefront}/api/trpc/orders.cancel`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `cancel-${order.orderId}` },
    body: JSON.stringify(order),
  });
  expect(await response.text()).toContain("cancelling");
}

describe("the order page", () => {
  it("says that the card was declined, shows no receipt, and leads back to the checkout", async (context) => {
    const browser = stage.browser(context);
    const page = await (await browser.newContext()).newPage();
    await page.goto(addressOf(await placeOrder("tok_chargeDeclined", 200)));
    await reaches(page, "cancelled");
    expect(await page.getByTestId("order-status").textContent()).toBe("Your card was declined");
    await page.getByRole("heading", { name: "What you wanted" }).waitFor();
    expect(await page.getByTestId("receipt-total").textContent()).toBe("Nothing was charged");
    expect(await page.getByText("Receipt").count()).toBe(0);
    const main = (await page.locator("main").textContent()) ?? "";
    expect(main).not.toMatch(/compensated|parked|failed/i);
    expect(await page.getByRole("link", { name: "Back to checkout" }).getAttribute("href")).toBe("/checkout");
    await accessible(page);
    await page.context().close();
  }, 120_000);

  it("a dialog that is open when the order leaves stays, says so, and gives focus back when it is closed", async (context) => {
    const browser = stage.browser(context);
    const page = await (await browser.newContext()).newPage();
    const order = await placeOrder("tok_visa", 201);
    await page.goto(addressOf(order));
    await reaches(page, "confirmed");
    expect(await page.getByRole("heading", { name: "Receipt" }).count()).toBe(1);
    await page.getByRole("button", { name: "Cancel this order" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Cancel the order" }).focus();
    await makeDue(stage.db, order.orderId);
    await dialog
      .getByText("It has just left; it can no longer be cancelled. You can send it back.")
      .waitFor({ timeout: SHIP_MS });
    expect(await page.locator('[role="dialog"]:focus-within').count()).toBe(1);
    expect(await dialog.getByRole("button", { name: "Cancel the order" }).count()).toBe(0);
    await accessible(page);
    await dialog.getByText("Close", { exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator("main:focus").waitFor();
    await reaches(page, "shipped");
    await page.context().close();
  }, 120_000);
});

describe("signing out", () => {
  it("leaves nothing of a person in the browser, and no other tab goes on showing them", async (context) => {
    const browser = stage.browser(context);
    const tabs = await browser.newContext();
    const [first, second] = [await tabs.newPage(), await tabs.newPage()];
    await register(first, "Nora Private", "nora@example.com");
    await first.goto(`${stage.system.urls.storefront}/account/orders`);
    await second.goto(`${stage.system.urls.storefront}/account/credit`);
    await second.getByText("nora@example.com").waitFor();
    for (const page of [first, second]) {
      await page.evaluate(
        `for (const storage of [localStorage, sessionStorage]) storage.setItem("fernhill.checkout", "Nora Private")`,
      );
    }
    // A sign-out that does not get through is not one.
    await first.route("**/api/auth/sign-out", (route) => route.abort());
    await first.getByRole("button", { name: "Sign out" }).click();
    await first.getByText("you are still signed in").waitFor();
    await first.unroute("**/api/auth/sign-out");

    await first.getByRole("button", { name: "Sign out" }).click();
    for (const page of [first, second]) {
      await page.waitForURL(`${stage.system.urls.storefront}/`);
      await page.getByRole("link", { name: "Sign in" }).first().waitFor();
      const kept = await page.evaluate(`JSON.stringify([{ ...localStorage }, { ...sessionStorage }])`);
      expect(kept).not.toContain("Nora Private");
      expect(await page.getByText("nora@example.com").count()).toBe(0);
    }
    await tabs.close();
  }, 120_000);
});

async function register(page: Page, name: string, email: string): Promise<void> {
  await page.goto(`${stage.system.urls.storefront}/register?next=/account`);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("a long enough password");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.waitForURL(({ pathname }) => pathname.startsWith("/account"));
}

describe("with site data blocked", () => {
  it("the shop opens on every page, and an order's page is live", async (context) => {
    const blocked = await launchBlockedBrowser();
    if (blocked === undefined) return context.skip(NO_BROWSER);
    const page = await blocked.newPage();
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    for (const path of ["/", "/products", "/search?q=mug", "/cart", "/checkout", "/login"]) {
      // Until the scripts have run: what the server wrote is there in any case.
      await page.goto(stage.system.urls.storefront + path, { waitUntil: "networkidle" });
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await page.getByText("did not open").count()).toBe(0);
    }
    expect(faults).toEqual([]);
    await expect(page.evaluate("localStorage.length")).rejects.toThrow("Access is denied");
    const order = await placeOrder("tok_slow", 300);
    await page.goto(addressOf(order));
    await reaches(page, "confirmed");
    await blocked.close();
  }, 120_000);
});

describe("the quantity", () => {
  it("is what was typed or stays what it was, with the rule beside what cannot be one", async (context) => {
    const browser = stage.browser(context);
    const page = await (await browser.newContext()).newPage();
    const name = await openProduct(page);
    const quantity = page.getByRole("textbox", { name: `Quantity of ${name}`, exact: true });
    const problem = page.getByText(/^Enter a whole number from 1 to 999\. It is still \d+\.$/);
    for (const typed of ["12.7", "1000", "0", "", "-3", "a few"]) {
      await quantity.fill(typed);
      await page.keyboard.press("Tab");
      await problem.waitFor();
      expect(await quantity.inputValue()).toBe(typed);
    }
    expect(await problem.textContent()).toContain("It is still 1.");
    await accessible(page);
    await quantity.fill("12");
    await page.keyboard.press("Enter");
    await problem.waitFor({ state: "detached" });
    await page.keyboard.press("ArrowUp");
    expect(await quantity.inputValue()).toBe("13");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: `One fewer of ${name}`, exact: true }).click();
    expect(await quantity.inputValue()).toBe("11");
    await page.context().close();
  }, 120_000);
});

describe("the cart drawer", () => {
  it("stays open after a double click on what adds to the cart, which adds one", async (context) => {
    const browser = stage.browser(context);
    const page = await (await browser.newContext()).newPage();
    await openProduct(page);
    const drawer = page.getByRole("dialog", { name: "Your cart" });
    // The first time the drawer's code is still on its way, the second time the drawer is there before the second click.
    for (const quantity of ["1", "2"]) {
      await page.getByRole("button", { name: "Add to cart" }).dblclick();
      expect(await drawer.getByRole("textbox", { name: /^Quantity of/ }).inputValue()).toBe(quantity);
      await page.keyboard.press("Escape");
      await drawer.waitFor({ state: "detached" });
    }
    await page.context().close();
  }, 120_000);

  it("takes focus when it opens, gives it back when it closes, and to the content of the page it leads to", async (context) => {
    const browser = stage.browser(context);
    const page = await (await browser.newContext()).newPage();
    await openProduct(page);
    const add = page.getByRole("button", { name: "Add to cart" });
    await add.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: "Your cart" });
    await page.locator('[role="dialog"]:focus-within').waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await page.locator("button:focus", { hasText: "Add to cart" }).waitFor();
    await page.keyboard.press("Enter");
    await drawer.getByRole("link", { name: "Check out" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/checkout/);
    await drawer.waitFor({ state: "detached" });
    await page.locator("main:focus").waitFor();
    await page.context().close();
  }, 120_000);
});

/** The first product of the listing; gives its name. */
async function openProduct(page: Page): Promise<string> {
  await page.goto(`${stage.system.urls.storefront}/products`, { waitUntil: "networkidle" });
  await page.locator("main ul a[href^='/p/']").first().click();
  await page.waitForURL(/\/p\//);
  const name = await page.getByRole("button", { name: /^One more of / }).getAttribute("aria-label");
  return (name ?? "").replace("One more of ", "");
}
