/** The merchant's work at the console, each piece once, with every page and dialog of it on a wide screen and on a phone. */
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { becomes } from "./shared-system.ts";
import { setUpStage } from "./stage.ts";
import { ask } from "./visitor.ts";

const SHOWN_MS = 30_000;
/** That the console gives as files. */
const LISTS = [
  "accounts",
  "alerts",
  "announced-returns",
  "audit",
  "catalogue",
  "consumers",
  "customers",
  "dead-letters",
  "discounts",
  "events",
  "mail",
  "orders",
  "projections",
  "reconciliation",
  "returns",
  "sagas",
  "schemas",
  "stock",
  "workers",
];

const stage = setUpStage();

async function confirmedOrder(): Promise<{ orderId: string; sku: string; guestsPage: string }> {
  const client = createShopClient(stage.system.urls.storefront);
  const [sku = ""] = await client.skus();
  const shopper = createShoppers({ client, skus: [sku], declineShare: 0, seed: 77 });
  const { orderId, accessToken } = await client.placeOrder(shopper(0), "merchant");
  await becomes(stage.db, orderId, "confirmed");
  return { orderId, sku, guestsPage: `/orders/${orderId}?token=${accessToken}` };
}

/** Opens a dialog, fills it in and sends it; it closes by itself. */
async function carryOut(
  page: Page,
  open: string,
  fill: (dialog: ReturnType<Page["getByRole"]>) => Promise<void>,
  send: string | RegExp,
) {
  await page.getByRole("button", { name: open, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await fill(dialog);
  await fits(page);
  await dialog.getByRole("button", { name: send }).click();
  await dialog.waitFor({ state: "detached", timeout: SHOWN_MS });
}

it("an order: its address is corrected, a unit is refunded and on the shelf again, a note is left and taken back", async (context) => {
  const { orderId, sku, guestsPage } = await confirmedOrder();
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, `/orders/${orderId}`, "operator");
  await carryOut(
    page,
    "Correct address",
    async (dialog) => {
      await dialog.getByLabel("City").fill("Leeds");
      await dialog.getByLabel("Reason").fill("They moved.");
    },
    "Correct address",
  );
  await page.getByText("Leeds").waitFor({ timeout: SHOWN_MS });
  await carryOut(
    page,
    "Refund lines",
    async (dialog) => {
      await dialog
        .getByRole("button", { name: /^One more of/ })
        .first()
        .click();
      await dialog.getByLabel("Reason").fill("Chipped.");
    },
    /^Refund \$/,
  );
  await page.getByText(/RefundCompleted/).waitFor({ timeout: SHOWN_MS });
  await page.getByLabel("New note").fill("Asked for a blue one.");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.getByText("Asked for a blue one.").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await page.getByText("Asked for a blue one.").waitFor({ state: "detached", timeout: SHOWN_MS });

  await page.goto(`${stage.system.urls.admin}/stock/${sku}`);
  const ledger = page.getByRole("row").filter({ hasText: "restocked" });
  await ledger.getByText("+1").first().waitFor({ timeout: SHOWN_MS });
  await carryOut(
    page,
    "Receive",
    async (dialog) => {
      await dialog.getByLabel("Units that came in").fill("7");
      await dialog.getByLabel("Where they came from").fill("The workshop.");
    },
    "Receive",
  );
  await page.getByRole("row").filter({ hasText: "The workshop." }).getByText("+7").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.goto(stage.system.urls.storefront + guestsPage);
  await page.getByRole("list", { name: "Refunds" }).waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.context().close();
}, 180_000);

it("the map, the workers, the stock and a new product; credit for a customer, who sees it", async (context) => {
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, "/map", "operator");
  await page
    .getByRole("link", { name: /OrderConfirmed/ })
    .first()
    .waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.goto(`${stage.system.urls.admin}/workers`);
  await page.getByRole("button", { name: /^Drain worker/ }).waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.goto(`${stage.system.urls.admin}/stock`);
  await page.getByRole("row").nth(3).waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.goto(`${stage.system.urls.admin}/catalogue/new`);
  await page.getByRole("button", { name: "Create product" }).click();
  for (const missing of ["Enter a name.", "Enter a description.", "Enter a SKU.", "Choose a picture."])
    await page.getByText(missing).waitFor();
  await fits(page);
  const [account] = await stage.db.query<{ id: string }>(sql`
    SELECT id FROM customers WHERE email = 'shopper@tillstream.test'`);
  await page.goto(`${stage.system.urls.admin}/customers/${account?.id}`);
  await carryOut(
    page,
    "Give credit",
    async (dialog) => {
      await dialog.getByLabel("Amount in USD").fill("5");
      await dialog.getByLabel(/^Reason/).fill("A late parcel.");
    },
    "Give credit",
  );
  await page.getByText("+$5.00").first().waitFor({ timeout: SHOWN_MS });
  await fits(page);
  expect(
    await stage.db.query(sql`SELECT FROM audit WHERE action = 'customers.credit' AND reason = 'A late parcel.'`),
  ).toHaveLength(1);
  for (const list of LISTS) {
    const file = await ask(page, `${stage.system.urls.admin}/export/${list}.json`);
    expect([list, file.status(), Array.isArray(await file.json())]).toEqual([list, 200, true]);
  }
  const misread = await ask(page, `${stage.system.urls.admin}/export/events.csv?from=banana`);
  expect([misread.status(), await misread.json()]).toMatchObject([400, { fields: [{ field: "from" }] }]);
  const lost = await ask(page, `${stage.system.urls.admin}/export/orders.csv?__proto__=1`);
  expect(lost.status()).toBe(400);
  await page.goto(`${stage.system.urls.admin}/orders/x`);
  await page.getByRole("heading", { name: "Order not found" }).waitFor({ timeout: SHOWN_MS });
  await page.context().close();
}, 120_000);
