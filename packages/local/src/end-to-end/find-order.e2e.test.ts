import { orderLinks, orderNumber, referTo } from "@tillstream/commerce";
import { manualClock } from "@tillstream/runtime";
import type { Browser, Page } from "playwright-core";
import { expect, it, vi } from "vitest";
import { ensureSecret } from "../environment/system/secret.ts";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { accessible } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { linkInMail } from "./inbox.ts";
import { setUpStage } from "./stage.ts";

const SETTLE_MS = 30_000;
const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;
const EMAIL = "lena.hart@example.com";
const ADDRESS = { name: "Lena Hart", line1: "1 Street", city: "Town", postalCode: "12345", country: "US" };

const stage = setUpStage();

/** A visitor of its own, with its own cookies. */
async function newPage(inBrowser: Browser): Promise<Page> {
  const context = await inBrowser.newContext();
  return context.newPage();
}

/** A guest's order, confirmed, whose page is not open anywhere. */
async function guestOrder(): Promise<{ orderId: string }> {
  const client = createShopClient(stage.system.urls.storefront);
  const [sku = ""] = await client.skus();
  const request = { lines: [{ sku, quantity: 1 }], email: EMAIL, shippingAddress: ADDRESS } as const;
  const payment = { method: "card", token: "tok_visa" } as const;
  const placed = await client.placeOrder({ ...request, payment }, crypto.randomUUID());
  await vi.waitUntil(async () => (await client.status(placed)) !== "pending", { timeout: SETTLE_MS, interval: 100 });
  return placed;
}

const mainText = async (page: Page): Promise<string> => (await page.locator("main").innerText()).trim();

it("a guest finds the order again from the mail in the local inbox and from number and e-mail, in a fresh browser", async (context) => {
  const browser = stage.browser(context);
  const { orderId } = await guestOrder();
  const number = orderNumber(orderId);
  const inbox = await atConsole(browser, stage.system.urls.admin, "/mail", "viewer");
  const confirmed = await linkInMail(inbox, stage.system.urls.admin, new RegExp(`${number} is confirmed.*${EMAIL}`));
  await accessible(inbox);
  const [opened] = await Promise.all([
    inbox.waitForEvent("popup"),
    inbox.getByRole("link", { name: confirmed }).click(),
  ]);
  await opened.getByTestId("order-status").waitFor();
  expect(new URL(opened.url()).pathname).toBe(`/orders/${orderId}`);
  await opened.getByTitle(number).waitFor();

  const guest = await newPage(browser);
  await guest.goto(stage.system.urls.storefront);
  await guest.getByRole("contentinfo").getByRole("link", { name: "Find an order" }).click();
  await guest.waitForURL(/\/orders\/find/);
  await guest.getByRole("heading", { name: "Find your order" }).waitFor();
  await accessible(guest);
  await guest.getByRole("button", { name: "Send me the link" }).click();
  await guest.getByText("Enter the order number.").waitFor();
  await accessible(guest);
  await guest.getByLabel("Order number").fill(number.toLowerCase().replace("-", " "));
  await guest.getByLabel("E-mail").fill(EMAIL.toUpperCase());
  await guest.getByRole("button", { name: "Send me the link" }).click();
  await guest.getByRole("heading", { name: "Check your mail" }).waitFor();
  await accessible(guest);
  await guest.goto(
    await linkInMail(inbox, stage.system.urls.admin, new RegExp(`The link to your Fernhill order ${number}`)),
  );
  await guest.getByTestId("order-status").waitFor();
  expect(new URL(guest.url()).pathname).toBe(`/orders/${orderId}`);
  for (const page of [inbox, guest]) await page.context().close();
}, 120_000);

it("without its link an order's page offers the look-up, and says the same whether there is such an order or not", async (context) => {
  const browser = stage.browser(context);
  const { orderId } = await guestOrder();
  const page = await newPage(browser);
  const seen = [];
  for (const path of [orderId, `${orderId}?token=20000.wrong`, crypto.randomUUID(), "no-such-order"]) {
    const response = await page.goto(`${stage.system.urls.storefront}/orders/${path}`);
    await page.getByRole("heading", { name: "Find your order" }).waitFor();
    seen.push([response?.status(), await mainText(page)]);
  }
  await accessible(page);
  expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
  for (const path of ["x", "x".repeat(300)])
    expect((await fetch(`${stage.system.urls.storefront}/orders/${path}`)).status).toBe(404);
  await page.locator("main").getByRole("link", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/login\?next=%2Forders%2F/);
  await page.getByRole("link", { name: "find that order again" }).click();
  await page.waitForURL(/\/orders\/find/);
  await page.context().close();
}, 90_000);

it("a link that has expired is exchanged for a new one, which goes to the address of the order and is shown to nobody", async (context) => {
  const browser = stage.browser(context);
  const { orderId } = await guestOrder();
  const links = {
    ...orderLinks(ensureSecret(stage.system.dataDir)),
    clock: manualClock(new Date(Date.now() - YEAR_MS)),
  };
  const { number, accessToken } = referTo(links, orderId);
  const page = await newPage(browser);
  await page.goto(`${stage.system.urls.storefront}/orders/${orderId}?token=${accessToken}`);
  await page.getByRole("heading", { name: "This link has expired" }).waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Send me a new link" }).click();
  await page.getByText("A new link is on the way to the address that the order was placed with.").waitFor();
  expect(await page.content()).not.toContain(EMAIL);
  const inbox = await atConsole(browser, stage.system.urls.admin, "/mail", "viewer");
  await page.goto(
    await linkInMail(inbox, stage.system.urls.admin, new RegExp(`The link to your Fernhill order ${number}`)),
  );
  await page.getByTestId("order-status").waitFor();
  for (const each of [page, inbox]) await each.context().close();
}, 90_000);

it("the console finds an order by what its customer says, keeps the search in the address, and says when there is none", async (context) => {
  const browser = stage.browser(context);
  const { orderId } = await guestOrder();
  const page = await atConsole(browser, stage.system.urls.admin, "/orders", "viewer");
  const find = async (typed: string) => {
    await page.getByLabel("Find an order").fill(typed);
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get("search") === typed);
    await page.locator(`button[aria-busy="true"]`).waitFor({ state: "detached" }); // until then the rows are of the search before
  };
  const row = page.locator(`a[href="/orders/${orderId}"]`);
  for (const typed of ["hart", "LENA.HART@", orderId]) {
    await find(typed);
    await row.first().waitFor();
  }
  const number = orderNumber(orderId);
  await find(number.toLowerCase());
  await row.first().waitFor();
  expect(await page.getByRole("row").count()).toBe(2);
  await accessible(page);
  await find("nobody at all");
  await page.getByRole("heading", { name: "No order matches" }).waitFor();
  await accessible(page);
  await page.goBack();
  await row.first().waitFor();
  await row.first().click();
  await page.getByRole("heading", { name: `Order ${number}` }).waitFor();
  await page.context().close();
}, 90_000);

it("the key / goes to the field by which a list of the console is searched or filtered", async (context) => {
  const { admin } = stage.system.urls;
  const page = await atConsole(stage.browser(context), admin, "/", "viewer");
  const field = page.locator(":is([role=search], details) :is(input, select):focus");
  for (const path of ["orders", "customers", "catalogue", "stock", "accounts", "sagas", "events", "audit"]) {
    await page.goto(`${admin}/${path}`);
    // Until the page listens.
    await vi.waitUntil(
      async () => {
        if ((await field.count()) === 0) await page.keyboard.press("/");
        return (await field.count()) === 1;
      },
      { timeout: SETTLE_MS, interval: 100 },
    );
  }
  await page.context().close();
}, 120_000);

it("on Ctrl-K the console finds an order, a customer, a stream and a page from anywhere, by keyboard alone", async (context) => {
  const browser = stage.browser(context);
  const { orderId } = await guestOrder();
  const page = await atConsole(browser, stage.system.urls.admin, "/audit", "viewer");
  const field = page.getByRole("combobox", { name: "Search orders, customers, events, pages and actions" });
  const first = page.getByRole("option").first();
  const find = async (typed: string, title: string) => {
    await page.keyboard.press("Control+k");
    await field.fill(typed);
    await page.getByRole("option", { name: title }).first().waitFor();
  };
  await find(orderNumber(orderId).toLowerCase(), `Order ${orderNumber(orderId)}`);
  await accessible(page);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `Order ${orderNumber(orderId)}` }).waitFor();
  await find("lena.hart@", "Lena Hart");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  expect(await first.getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("Escape");
  await find(`order-${orderId}`, `Stream order-${orderId}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/streams/order-${orderId}`);
  await find("dead let", "Dead letters");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/dead-letters");
  await page.keyboard.press("Control+k");
  await field.fill("no such thing");
  await page.getByText("Nothing has this name.").waitFor();
  await accessible(page);
  await page.context().close();
}, 90_000);
