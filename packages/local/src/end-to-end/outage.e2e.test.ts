/** An outage as a person at the console sees it: noticed within a minute, under its cause, and nothing false meanwhile. */
import { listAlerts } from "@tillstream/eventing";
import type { Page } from "playwright-core";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { startSystem } from "../testing/system.ts";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";

const NOTICED_MS = 60_000;
const SHOWN_MS = 30_000;
const OVER_MS = 180_000;
const GATEWAY = "gateway-errors";
const TITLE = "The payment gateway fails";

const stage = setUpStage(() => startSystem());

const gatewayFaults = (faults: { down: boolean }) =>
  fetch(`${stage.system.urls.gateway}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(faults),
  });

/** The alerts that fire and that nothing else explains. */
async function roots(): Promise<readonly string[]> {
  const alerts = await listAlerts(stage.db, 50);
  return alerts.filter(({ status, causeId }) => status === "firing" && causeId === null).map(({ check }) => check);
}

/** Noticed by itself, with who did it and why, and set right with two clicks from there. */
async function pausedAndForgotten(page: Page, somebodyBuys: () => Promise<void>): Promise<void> {
  const { admin } = stage.system.urls;
  await page.goto(`${admin}/projections/order_view`);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("The disk is looked at.");
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume", exact: true }).waitFor({ timeout: SHOWN_MS });
  await somebodyBuys();
  await page.goto(`${admin}/orders`);
  await page.getByText("Not up to date: as of").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.goto(`${admin}/`);
  const alert = page.getByRole("article", { name: "A projection is late: order_view" });
  await alert.getByRole("link", { name: "Look" }).click({ timeout: NOTICED_MS });
  await page.getByText(/It is paused, and \d+ events? waits?/).waitFor({ timeout: SHOWN_MS });
  await page.getByText("“The disk is looked at.”").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.getByRole("button", { name: "Resume order_view" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("The disk is well.");
  await fits(page);
  await page.getByRole("dialog").getByRole("button", { name: "Resume order_view" }).click();
  await page.getByText("resolved").first().waitFor({ timeout: SHOWN_MS });
}

/** Found by itself, with the row and its column, and mended by a rebuild from there. */
async function changedByHand(page: Page): Promise<void> {
  const row = sql`SELECT order_id AS "orderId", total FROM order_view ORDER BY order_id LIMIT 1`;
  const [good] = await stage.db.query<{ orderId: string; total: number }>(row);
  await stage.db.query(sql`UPDATE order_view SET total = total + 1 WHERE order_id = ${good?.orderId ?? ""}`);
  await page.goto(`${stage.system.urls.admin}/`);
  const alert = page.getByRole("article", {
    name: "Rows of a read model are not as their events have them: order_view",
  });
  await alert.getByRole("link", { name: "Look" }).click({ timeout: NOTICED_MS });
  await page.getByText("1 row of order_view is not what the events say").waitFor({ timeout: SHOWN_MS });
  await page
    .getByRole("link", { name: `order-${good?.orderId}` })
    .first()
    .waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.getByRole("button", { name: "Rebuild order_view" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("It was changed by hand.");
  await page.getByRole("dialog").getByRole("button", { name: "Rebuild order_view" }).click();
  await page.getByText("resolved").first().waitFor({ timeout: NOTICED_MS });
  expect(await stage.db.query(row)).toEqual([good]);
}

it("a gateway that is away is noticed on the overview and among the alerts, as the one thing that is wrong", async (context) => {
  const client = createShopClient(stage.system.urls.storefront);
  const shopper = createShoppers({ client, skus: (await client.skus()).slice(0, 5), declineShare: 0, seed: 1 });
  let placed = 0;
  const buy = async (count: number) => {
    for (let index = 0; index < count; index += 1, placed += 1)
      await client.placeOrder(shopper(placed), `outage-${placed}`);
  };
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, "/", "operator");
  const health = page.getByRole("region", { name: "Health of the parts" });
  const gateway = health.getByRole("listitem").filter({ hasText: "Payment gateway" });
  await buy(3);
  await page
    .getByText(/\d s ago/)
    .first()
    .waitFor({ timeout: SHOWN_MS });
  await gateway.getByText("in order").waitFor({ timeout: SHOWN_MS });
  await vi.waitUntil(async () => (await roots()).length === 0, { timeout: SHOWN_MS, interval: 500 });
  await fits(page);

  await gatewayFaults({ down: true });
  const seen = new Set<string>();
  await vi.waitUntil(
    async () => {
      await buy(1);
      for (const check of await roots()) seen.add(check);
      return seen.has(GATEWAY);
    },
    { timeout: NOTICED_MS, interval: 1_000 },
  );
  const alert = page.getByRole("article", { name: TITLE });
  await alert.waitFor({ timeout: SHOWN_MS });
  await gateway.getByText("wrong").waitFor({ timeout: SHOWN_MS });
  await fits(page);

  // What the outage brings with it follows it.
  await alert.getByRole("link", { name: "No order is completed" }).waitFor({ timeout: NOTICED_MS });
  for (const check of await roots()) seen.add(check);
  expect([...seen]).toEqual([GATEWAY]);

  await alert.getByRole("button", { name: "Acknowledge" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What you are about to do").fill("The provider is called.");
  await fits(page);
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await alert.getByText("The provider is called.").waitFor({ timeout: SHOWN_MS });

  await page.goto(`${stage.system.urls.admin}/alerts`);
  const row = page.getByRole("row").filter({ hasText: TITLE }).first();
  await row.getByText("acknowledged").waitFor({ timeout: SHOWN_MS });
  await page.getByRole("row").filter({ hasText: "follows No order is completed" }).waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.goto(`${stage.system.urls.admin}/audit?action=alerts.acknowledge`);
  await page.getByRole("cell", { name: "The provider is called." }).waitFor({ timeout: SHOWN_MS });

  await page.goto(`${stage.system.urls.admin}/`);
  await alert.getByRole("link", { name: "Look" }).click();
  await page.getByRole("heading", { name: TITLE }).waitFor({ timeout: SHOWN_MS });
  await page.getByText("The payment gateway does not answer as it should:").waitFor({ timeout: SHOWN_MS });
  await page.getByText(/\d+ runs? stands? at charge/).waitFor({ timeout: SHOWN_MS });
  await page.getByText("$").first().waitFor({ timeout: SHOWN_MS });
  await fits(page);

  await gatewayFaults({ down: false });
  await pausedAndForgotten(page, () => buy(1));
  await changedByHand(page);
  await page.goto(`${stage.system.urls.admin}/`);
  await vi.waitUntil(async () => (await listAlerts(stage.db, 50)).every(({ status }) => status === "resolved"), {
    timeout: OVER_MS,
    interval: 500,
  });
  await alert.waitFor({ state: "detached", timeout: SHOWN_MS });
  await gateway.getByText("in order").waitFor({ timeout: SHOWN_MS });
  await page.context().close();
}, 480_000);
