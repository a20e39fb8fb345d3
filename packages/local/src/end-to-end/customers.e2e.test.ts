/** The console's pages of customers: a customer is found, handed a copy of what is kept, and forgotten. */
import { readFile } from "node:fs/promises";
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { listCursor } from "@tillstream/trpc/list-cursor";
import { expect, it } from "vitest";
import { z } from "zod";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { becomes, makeDue } from "./shared-system.ts";
import { setUpStage } from "./stage.ts";

const SHOWN_MS = 30_000;
const NAME = "Conny Canary";

const stage = setUpStage();

/** A guest with one order that has left and one that is under way; the first order's id. */
async function aGuest(email: string): Promise<{ readonly shipped: string; readonly underWay: string }> {
  const client = createShopClient(stage.system.urls.storefront);
  const shopper = createShoppers({ client, skus: (await client.skus()).slice(0, 1), declineShare: 0, seed: 5 });
  const place = async (index: number) => {
    const { shippingAddress, ...request } = shopper(index);
    const theirs = { ...request, email, shippingAddress: { ...shippingAddress, name: NAME } };
    return (await client.placeOrder(theirs, `${email}-${index}`)).orderId;
  };
  const shipped = await place(1);
  await makeDue(stage.db, shipped);
  const underWay = await place(2);
  await becomes(stage.db, shipped, "shipped");
  await becomes(stage.db, underWay, "confirmed");
  return { shipped, underWay };
}

const reach = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Moves on by Tab until the control has the focus, as a person without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  const hasFocus = async () => (await reach(page, name).and(page.locator(":focus")).count()) === 1;
  for (let presses = 0; !(await hasFocus()); presses += 1) {
    expect(presses, `${name} is reached`).toBeLessThan(60);
    await page.keyboard.press("Tab");
  }
}

it("an admin finds a guest by e-mail, hands out a copy, and erases them by keyboard; the page says what was touched until it is finished", async (context) => {
  const browser = stage.browser(context);
  const email = `canary-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const { shipped, underWay } = await aGuest(email);
  const page = await atConsole(browser, stage.system.urls.admin, "/customers", "admin");
  await page.getByLabel("Find a customer").fill("zeppelin@nowhere");
  await page.keyboard.press("Enter");
  await page.getByText("No customer matches").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.getByLabel("Find a customer").fill(email);
  await page.keyboard.press("Enter");
  await page.getByRole("row").filter({ hasText: email }).getByRole("cell", { name: "2", exact: true }).waitFor();
  await fits(page);
  await page.getByRole("region", { name: /^Customers/ }).focus();
  await page.keyboard.press("j");
  await page.locator("tr[aria-selected=true]:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/customers/guest-${shipped}`);
  await page.getByRole("heading", { name: NAME }).waitFor();
  await fits(page);

  await tabTo(page, "Export");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(file.suggestedFilename()).toBe(`customer-guest-${shipped}.json`);
  const { data } = JSON.parse(await readFile(await file.path(), "utf8")) as { data: Record<string, unknown[]> };
  expect(data["orders"]).toMatchObject([{ email }, { email }]);

  await tabTo(page, "Erase");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 order is under way: its address goes when it has left or is cancelled.").waitFor();
  await fits(page);
  await tabTo(page, "Erase for good");
  await page.keyboard.press("Enter");
  await dialog.getByText("Enter a reason. It is kept in the audit.").waitFor();
  await dialog.getByLabel("Reason, without names: it is kept for good").focus();
  await page.keyboard.type("Asked for it in a letter.");
  await tabTo(page, "Erase for good");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Erased customer" }).waitFor({ timeout: SHOWN_MS });
  await dialog.waitFor({ state: "detached" });
  await page.locator("main:focus").waitFor();
  await page.getByText("1 order is under way: its address goes when it has left or is cancelled.").waitFor();
  await page.getByText("1 stripped of name, address, e-mail and card token; lines and amounts stay").waitFor();
  await fits(page);

  await makeDue(stage.db, underWay);
  await becomes(stage.db, underWay, "shipped");
  await stage.db.query(sql`
    UPDATE erasures SET requested_at = requested_at - interval '5 minutes' WHERE customer_id = ${`guest-${shipped}`}`);
  await page.getByText("what is left of their orders names nobody").waitFor({ timeout: SHOWN_MS });
  await fits(page);

  await page.getByRole("link", { name: "In the audit" }).click();
  await page.getByText("Asked for it in a letter.").waitFor({ timeout: SHOWN_MS });
  await page.goto(`${stage.system.urls.admin}/orders/${shipped}`);
  await page.getByText("Erased, on request").waitFor({ timeout: SHOWN_MS });
  expect(await page.locator("a[href^='mailto:']").count()).toBe(0);
  await fits(page);
  const after = listCursor("customers.list", z.string()).after({}, [`guest-${shipped}`]);
  await page.goto(`${stage.system.urls.admin}/customers?after=${after}`);
  await page.getByText("This page is gone").waitFor({ timeout: SHOWN_MS });
  await page.goto(`${stage.system.urls.admin}/customers/nobody`);
  await page.getByRole("link", { name: "All customers" }).waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.context().close();
}, 300_000);

it("an order leads to its customer, whom a viewer can neither export nor erase, and is told why", async (context) => {
  const browser = stage.browser(context);
  const client = createShopClient(stage.system.urls.storefront);
  const shopper = createShoppers({ client, skus: (await client.skus()).slice(0, 1), declineShare: 0, seed: 6 });
  const { orderId } = await client.placeOrder({ ...shopper(1), email: "seen@example.com" }, "customers-seen");
  const page = await atConsole(browser, stage.system.urls.admin, `/orders/${orderId}`, "viewer");
  await page.getByRole("link", { name: "All their orders" }).click();
  await page.waitForURL(/\/customers\/guest-/);
  await page.getByText("This needs the role admin; you are signed in as viewer.").waitFor({ timeout: SHOWN_MS });
  for (const name of ["Export", "Erase"]) expect(await reach(page, name).isDisabled()).toBe(true);
  await fits(page);
  await page.context().close();
}, 120_000);
