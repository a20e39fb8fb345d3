/** A read model's row that was spoilt by hand is found, traced to its event and mended at the console. */
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";

const WAIT = { timeout: 30_000, interval: 100 };

const stage = setUpStage();

async function confirmedOrder(): Promise<string> {
  const client = createShopClient(stage.system.urls.storefront);
  const shopper = createShoppers({ client, skus: await client.skus(), declineShare: 0, seed: 5 });
  const { orderId } = await client.placeOrder(shopper(0), `stepping-${Date.now()}`);
  await vi.waitUntil(
    async () =>
      (await stage.db.query(sql`SELECT FROM order_view WHERE order_id = ${orderId} AND status = 'confirmed'`)).length >
      0,
    WAIT,
  );
  return orderId;
}

it("a projection is stepped through a stream; the row that parts is shown with its event, and mended", async (context) => {
  const orderId = await confirmedOrder();
  const row = sql`SELECT total FROM order_view WHERE order_id = ${orderId}`;
  const good = await stage.db.query(row);
  await stage.db.query(sql`UPDATE order_view SET total = 1 WHERE order_id = ${orderId}`);
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, "/projections/order_view", "operator");

  const step = page.getByRole("region", { name: "Step through" });
  await step.getByLabel("Stream").fill(`order-${orderId}`);
  await step.getByRole("button", { name: "Step through" }).click();
  await step.getByRole("button", { name: /^OrderConfirmed/ }).click();
  await step.getByText("/status", { exact: true }).waitFor();
  await fits(page);

  const compare = page.getByRole("region", { name: "Compare with the events" });
  await compare.getByLabel("Stream").fill(`order-${orderId}`);
  await compare.getByRole("button", { name: "Compare" }).click();
  await compare.getByRole("link", { name: "OrderCreated, version 1" }).waitFor();
  await fits(page);
  await compare.getByRole("button", { name: "Rebuild this stream" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("A row was changed by hand.");
  await dialog.getByRole("button", { name: "Rebuild" }).click();
  await compare.getByText("agrees", { exact: true }).waitFor();
  expect(await stage.db.query(row)).toEqual(good);

  await page.goto(`${stage.system.urls.admin}/streams/order-${orderId}`);
  await page.getByRole("region", { name: "Read models" }).getByText("order_view", { exact: true }).waitFor();
  await fits(page);
});
