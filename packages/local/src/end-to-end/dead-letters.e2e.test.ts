import { readFile } from "node:fs/promises";
import { UNREACHABLE_CITY } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { startSystem } from "../testing/system.ts";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";

const WAIT = { timeout: 60_000, interval: 200 };
const SHOWN_MS = 30_000;
const ORDERS = 3;
/** Nothing to wait for. */
const SHIPPING_DELAY_MS = "1";

const stage = setUpStage(() => startSystem({ env: { SHIPPING_DELAY_MS } }));

/** Orders that cannot be shipped; each is parked for the consumer `shipping` after all its attempts. */
async function unshippable(): Promise<string[]> {
  const client = createShopClient(stage.system.urls.storefront);
  const skus = (await client.skus()).slice(0, 1);
  const shopper = createShoppers({ client, skus, declineShare: 0, seed: 1 });
  const orderIds: string[] = [];
  for (let index = 0; index < ORDERS; index += 1) {
    const request = shopper(index);
    const shippingAddress = { ...request.shippingAddress, city: UNREACHABLE_CITY };
    orderIds.push((await client.placeOrder({ ...request, shippingAddress }, `dead-letters-${index}`)).orderId);
  }
  await vi.waitUntil(async () => {
    await stage.db.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
    return (await letters("parked")) === ORDERS;
  }, WAIT);
  return orderIds;
}

const mend = (orderId: string) =>
  stage.db.query(sql`
    UPDATE orders SET shipping_address = jsonb_set(shipping_address, '{city}', '"Springfield"') WHERE id = ${orderId}`);

const letters = async (status: string) =>
  (await stage.db.query(sql`SELECT FROM dead_letters WHERE consumer = 'shipping' AND status = ${status}`)).length;

it("nothing is held, and the page says so; what fails is grouped, retried at a pace, edited and discarded in the browser", async (context) => {
  const browser = stage.browser(context);
  const page = await atConsole(browser, stage.system.urls.admin, "/dead-letters", "operator");
  await page.getByText("There has never been one.").waitFor({ timeout: SHOWN_MS });
  await fits(page);

  const [mended = "", ...others] = await unshippable();
  const row = page.getByRole("row").filter({ hasText: "the carrier does not answer" });
  await row.getByRole("cell", { name: String(ORDERS), exact: true }).waitFor({ timeout: SHOWN_MS });
  await fits(page);

  const dialog = page.getByRole("dialog");
  const retry = row.getByRole("button", { name: /^Retry/ });
  await retry.click();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await retry.and(page.locator(":focus")).count()).toBe(1);
  await retry.click();
  await dialog.getByRole("radio", { name: `All ${ORDERS}` }).check();
  // The first is tried at once and fails; the second would be a quarter of an hour later.
  await dialog.getByLabel("Dead letters a second").fill("0.001");
  await dialog.getByLabel("Stop at the first failure").uncheck();
  await dialog.getByLabel("Reason").fill("A slow one.");
  await dialog.getByRole("button", { name: `Retry ${ORDERS}` }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Stop" }).click();
  await dialog.getByLabel("Reason").fill("It is too slow.");
  await dialog.getByRole("button", { name: "Stop it" }).click();
  await page.getByText(/^Latest retry: stopped\./).waitFor({ timeout: SHOWN_MS });
  await vi.waitUntil(async () => (await letters("parked")) === ORDERS, WAIT);

  await mend(mended);
  await retry.click();
  await dialog.getByRole("radio", { name: `All ${ORDERS}` }).check();
  await dialog.getByLabel("Dead letters a second").fill("2");
  await dialog.getByLabel("Stop at the first failure").uncheck();
  await dialog.getByRole("button", { name: `Retry ${ORDERS}` }).click();
  await dialog.getByText("Enter a reason. It is kept in the audit.").waitFor();
  await dialog.getByLabel("Reason").fill("One address was corrected.");
  await fits(page);
  await dialog.getByRole("button", { name: `Retry ${ORDERS}` }).click();
  await page.getByText("Latest retry: completed. 1 delivered, 2 failed, 0 not tried.").waitFor({ timeout: SHOWN_MS });
  await fits(page);

  // Also when the dialog has just given the focus back to its button.
  await retry.focus();
  await page.keyboard.press("j");
  await page.locator("tr[aria-selected=true]:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/view=letters/);
  await page
    .getByRole("link", { name: /the carrier does not answer/ })
    .first()
    .click();
  await page.waitForURL(/\/dead-letters\/\d+$/);
  await page.getByText("One address was corrected.").waitFor();
  await page.getByText("failed again").waitFor();
  await fits(page);

  await page.getByRole("button", { name: "Edit a copy" }).click();
  await dialog.getByText("orderId stays as it is: it names the stream.").waitFor();
  const data = dialog.getByRole("textbox", { name: /^Data of/ });
  await data.fill('{ "orderId": 7 }');
  await dialog.getByLabel("Why this copy is right").fill("A try.");
  await dialog.getByRole("button", { name: "Deliver copy" }).click();
  await dialog.getByText("data.orderId").waitFor();
  await fits(page);
  await dialog.getByRole("button", { name: "Keep as it is" }).click();
  await dialog.waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Discard" }).click();
  await dialog.getByLabel("Why it may be discarded").fill("Nobody lives there.");
  await dialog.getByRole("button", { name: "Discard 1" }).click();
  await page.getByText("Nobody lives there.").waitFor();
  await page.getByText("It is discarded: there is nothing left to do.").waitFor({ timeout: SHOWN_MS });
  expect(await letters("discarded")).toBe(1);
  await fits(page);

  await page.goto(`${stage.system.urls.admin}/dead-letters?view=letters`);
  await page.getByRole("link", { name: /the carrier does not answer/ }).click();
  await page.waitForURL(/\/dead-letters\/\d+$/);
  for (const orderId of others) await mend(orderId);
  await page.getByRole("button", { name: "Edit a copy" }).click();
  await dialog.getByLabel("Why this copy is right").fill("The address was corrected.");
  await dialog.getByRole("button", { name: "Deliver copy" }).click();
  await page.getByText("It is resolved: there is nothing left to do.").waitFor({ timeout: SHOWN_MS });
  await page.getByText("Delivered an edited copy").waitFor();
  await fits(page);

  await page.goto(`${stage.system.urls.admin}/sagas/checkout:${mended}`);
  await page.getByText("The run has ended: there is nothing left to do.").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.context().close();
}, 180_000);

it("an operator pauses a consumer and resumes it; a viewer is told why not", async (context) => {
  const browser = stage.browser(context);
  const page = await atConsole(browser, stage.system.urls.admin, "/consumers", "operator");
  const dialog = page.getByRole("dialog");
  const change = async (word: "Pause" | "Resume", why: string) => {
    await page.getByRole("button", { name: `${word} shipping`, exact: true }).click();
    await dialog.getByLabel("Reason").fill(why);
    await fits(page);
    await dialog.getByRole("button", { name: word, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  };
  await change("Pause", "The carrier is being changed.");
  await page.getByText("Paused: shipping").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await change("Resume", "The carrier was changed.");
  await page.getByText("Paused: shipping").waitFor({ state: "detached", timeout: SHOWN_MS });
  await page.goto(`${stage.system.urls.admin}/audit?subject=shipping`);
  await page.getByText("The carrier was changed.").waitFor({ timeout: SHOWN_MS });
  await page.getByRole("button", { name: /consumers\.pause of shipping/ }).click();
  await page.getByRole("region", { name: "After", exact: true }).getByText('"paused"').waitFor();
  await fits(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV", exact: true }).click(),
  ]);
  expect(await readFile(await file.path(), "utf8")).toMatch(
    /consumers\.resume,shipping,The carrier was changed\.[^]*consumers\.pause,shipping,The carrier is being changed\./,
  );
  await page.context().close();
  const asViewer = await atConsole(browser, stage.system.urls.admin, "/consumers", "viewer");
  await asViewer.getByText("This needs the role operator; you are signed in as viewer.").waitFor();
  expect(await asViewer.getByRole("button", { name: "Pause shipping", exact: true }).isDisabled()).toBe(true);
  await asViewer.context().close();
}, 240_000);
