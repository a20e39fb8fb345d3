import { sql } from "@tillstream/runtime";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { placeOrders } from "../performance/traffic/shoppers.ts";
import { accessible } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";

/** Within this time balance, statement and months agree with one's own write. */
const AGREE_MS = 2_000;
const SOON = { timeout: 10_000 };
const PASSWORD = "a long enough password";

const stage = setUpStage();

/** The next answer to this command gets lost: the server has done what it was asked. */
async function loseAnswer(page: Page, procedure: string): Promise<void> {
  await page.route(
    (url) => url.pathname.endsWith(`/${procedure}`),
    async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
}

/** A shopper with an open account, on its page. */
async function openCredit(inBrowser: Browser, name: string): Promise<Page> {
  const context = await inBrowser.newContext();
  const page = await context.newPage();
  await page.goto(`${stage.system.urls.storefront}/register?next=/account/credit`);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(`${name}@example.com`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.waitForURL(/\/account\/credit/);
  await page.getByRole("button", { name: "Open the account" }).click();
  await page.getByTestId("available").waitFor();
  return page;
}

const amount = (page: Page) => page.getByLabel("Amount in dollars");
const putIn = (page: Page) => page.getByRole("button", { name: "Add credit" });
const paidIn = (page: Page) => page.getByRole("listitem").filter({ hasText: "Credit added" });

async function depositsOf(email: string): Promise<number[]> {
  const rows = await stage.db.query<{ amount: number }>(sql`
    SELECT (data ->> 'amount')::int AS amount FROM events
    WHERE type = 'MoneyDeposited' AND stream_id = 'account-' || (SELECT id FROM auth_users WHERE email = ${email}) ORDER BY version`);
  return rows.map((row) => row.amount);
}

describe("store credit", () => {
  it("whose answer got lost is said not to be known, also after a reload, and asking finds the one payment", async (context) => {
    const browser = stage.browser(context);
    const page = await openCredit(browser, "lost");
    await loseAnswer(page, "account.deposit");
    await amount(page).fill("25");
    await putIn(page).click();
    await page.getByText("We do not know yet whether $25.00 went into your account").waitFor();
    expect(await putIn(page).isDisabled()).toBe(true);
    await accessible(page);
    await page.reload();
    await page.getByText("We do not know yet whether $25.00 went into your account").waitFor();
    await page.getByRole("button", { name: "Ask what became of it" }).click();
    await page.getByTestId("available").getByText("$25.00").waitFor();
    await page.getByText("We do not know yet").waitFor({ state: "detached" });
    expect(await paidIn(page).count()).toBe(1);
    expect(await depositsOf("lost@example.com")).toEqual([25_00]);
    await page.context().close();
  }, 120_000);

  it("agrees in balance, statement and months after quick payments, without a reload", async (context) => {
    const browser = stage.browser(context);
    const page = await openCredit(browser, "quick");
    for (const dollars of ["1", "2", "4", "8"]) {
      await amount(page).fill(dollars);
      await putIn(page).click();
      await expect.poll(() => amount(page).inputValue(), SOON).toBe("");
    }
    const within = { timeout: AGREE_MS };
    await page.getByTestId("available").getByText("$15.00").waitFor(within);
    await page.getByTestId("closing").getByText("$15.00").waitFor(within);
    await page.getByText("+$8.00").waitFor(within);
    expect(await paidIn(page).count()).toBe(4);
    await page.getByText("Updating…").first().waitFor({ state: "detached" });
    await page.context().close();
  }, 120_000);

  it("is not moved by one who has been signed out: it says so, and after signing in what was typed is there", async (context) => {
    const browser = stage.browser(context);
    const page = await openCredit(browser, "gone");
    await amount(page).fill("12.50");
    await page.context().clearCookies();
    await putIn(page).click();
    await page.getByText("You have been signed out. Sign in to go on; what you typed is kept.").waitFor();
    await page.getByRole("link", { name: "Sign in and come back here" }).click();
    await page.getByLabel("E-mail").fill("gone@example.com");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/account\/credit/);
    await expect.poll(() => amount(page).inputValue(), SOON).toBe("12.50");
    await putIn(page).click();
    await page.getByTestId("available").getByText("$12.50").waitFor();
    expect(await depositsOf("gone@example.com")).toEqual([12_50]);
    await page.context().close();
  }, 120_000);
});

describe("the console", () => {
  it("says that it is not known whether an order is held, and asking holds it once", async (context) => {
    const browser = stage.browser(context);
    const client = createShopClient(stage.system.urls.storefront);
    const skus = await client.skus();
    const { placed } = await placeOrders({ client, skus, count: 1, concurrency: 1, declineShare: 0, seed: 9 });
    const orderId = placed[0]?.orderId ?? expect.fail("no order");
    const page = await atConsole(browser, stage.system.urls.admin, `/orders/${orderId}`, "operator");
    await page.getByRole("button", { name: "Hold" }).click();
    await loseAnswer(page, "orders.flagAttention");
    await page.getByLabel("What has to be decided").fill("a look at it");
    await page.getByRole("dialog").getByRole("button", { name: "Hold" }).click();
    await page.getByText("It is not known yet whether the hold was carried out").waitFor();
    await accessible(page);
    await page.getByRole("button", { name: "Ask what became of it" }).click();
    await page.getByText("Held by an operator. It is not sent until").waitFor();
    await page.getByText("It is not known yet").waitFor({ state: "detached" });
    const held = await stage.db.query(
      sql`SELECT FROM events WHERE stream_id = ${`order-${orderId}`} AND type = 'OrderNeedsAttention'`,
    );
    expect(held).toHaveLength(1);
    await page.context().close();
  }, 120_000);
});
