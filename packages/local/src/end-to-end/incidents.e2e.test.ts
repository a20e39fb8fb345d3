/**
 * Incidents as an operator meets them: noticed within a minute, under the true cause and no other, and two clicks from what sets
 * them right. A gateway that is down, a projection that was paused and a row that was changed are in `outage.e2e.test.ts`.
 */
import { orderNumber, UNREACHABLE_CITY } from "@tillstream/commerce";
import { listAlerts } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { expect, it, vi } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import { startSystem } from "../testing/system.ts";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { becomes } from "./shared-system.ts";
import { setUpStage } from "./stage.ts";

const NOTICED_MS = 60_000;
const SHOWN_MS = 30_000;
const WAIT = { timeout: 60_000, interval: 200 };
/** So that nothing waits longer than the alert itself: a charge times out at once, and what is confirmed leaves. */
const ENV = {
  SAGA_STEP_TIMEOUT_MS: "3000",
  SHIPPING_DELAY_MS: "1",
  ALERT_THRESHOLDS: "no-worker=4,gateway-errors=0.05",
};

const stage = setUpStage(() => startSystem({ env: ENV }));
/** What was made wrong so far: an alert of anything else would be false. */
const made = new Set<string>();

const gatewayFaults = (faults: { down?: boolean; timeout?: boolean }) =>
  fetch(`${stage.system.urls.gateway}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(faults),
  });

let bought = 0;

/** @param city where no carrier goes, for one */
async function buy(city = "Springfield"): Promise<string> {
  const client = createShopClient(stage.system.urls.storefront);
  const shopper = createShoppers({ client, skus: (await client.skus()).slice(0, 5), declineShare: 0, seed: 31 });
  const request = shopper((bought += 1));
  const shippingAddress = { ...request.shippingAddress, city };
  return (await client.placeOrder({ ...request, shippingAddress }, `incidents-${bought}`)).orderId;
}

const atOverview = (page: Page) => page.goto(`${stage.system.urls.admin}/`);

/** The alert comes by itself, and one click leads to its cause. */
async function lookInto(page: Page, title: string, cause: RegExp): Promise<void> {
  await atOverview(page);
  const alert = page.getByRole("article", { name: title });
  await alert.getByRole("link", { name: "Look" }).click({ timeout: NOTICED_MS });
  await page.getByRole("heading", { name: title }).waitFor({ timeout: SHOWN_MS });
  await page.getByText(cause).first().waitFor({ timeout: SHOWN_MS });
  await fits(page);
  const alerts = await listAlerts(stage.db, 50);
  const roots = alerts.filter(({ status, causeId }) => status === "firing" && causeId === null);
  expect([...made]).toEqual(expect.arrayContaining(roots.map(({ check }) => check)));
}

/** Whatever each comes to: one whose charge had no answer in its time is cancelled, and its money goes back. */
const allEnd = () =>
  vi.waitUntil(async () => (await stage.db.query(sql`SELECT FROM orders WHERE status = 'pending'`)).length === 0, WAIT);

/** Opens the search from anywhere and what it finds. */
async function find(page: Page, typed: string, title: string): Promise<void> {
  const field = page.getByRole("combobox", { name: "Search orders, customers, events, pages and actions" });
  // A page that has just come may not listen yet.
  await vi.waitUntil(async () => {
    await page.keyboard.press("Control+k");
    return field.isVisible();
  }, WAIT);
  await field.fill(typed);
  await page.getByRole("option", { name: title }).first().click();
}

it("a balance that a customer asks about: their e-mail address leads to the movements, and each to the event that made it", async (context) => {
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, "/", "viewer");
  await find(page, "shopper@tillstream.test", "Sam Shopper");
  const movements = page.getByRole("list", { name: "Movements, the latest first" });
  await movements.getByRole("link", { name: "Paid out" }).first().click();
  await page.getByRole("heading", { name: "MoneyWithdrawn" }).waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.context().close();
}, 90_000);

it("a worker that is frozen is the one alert, and nothing that it leaves undone has one of its own", async (context) => {
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, "/", "operator");
  made.add("no-worker");
  stage.system.kill("worker", "SIGSTOP");
  const orderId = await buy();
  await lookInto(page, "No worker is at work", /The worker has stopped or is frozen/);
  stage.system.kill("worker", "SIGCONT");
  await becomes(stage.db, orderId, "shipped");
  await page.context().close();
}, 150_000);

it("a poison event, a Redis that is gone and charges without an answer at once are three alerts, each with its own cause", async (context) => {
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, "/", "operator");
  // The worker misses Redis too, which is told under the console's alert while that one is open.
  for (const check of ["dead-letters", "gateway-errors", "redis-console", "redis-worker"]) made.add(check);
  const poison = await buy(UNREACHABLE_CITY);
  await vi.waitUntil(async () => {
    await stage.db.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
    return (await stage.db.query(sql`SELECT FROM dead_letters WHERE status = 'parked'`)).length > 0;
  }, WAIT);
  // Another gets its label, so that it is not the carrier.
  await becomes(stage.db, await buy(), "shipped");
  // Where no Redis can be had, there is none to be gone.
  const hasRedis = stage.system.redisUrl !== undefined;
  if (hasRedis) stage.system.kill("redis", "SIGSTOP");
  await gatewayFaults({ timeout: true });
  for (let order = 0; order < 4; order += 1) await buy();

  if (hasRedis) await lookInto(page, "The console does not reach Redis", /Redis gives the console no answer/);
  stage.system.kill("redis", "SIGCONT");
  await lookInto(page, "The payment gateway fails", /takes the money and does not answer/);
  await gatewayFaults({ timeout: false });
  await allEnd();
  const address = new RegExp(`The address of order ${orderNumber(poison)} reaches no carrier`);
  await lookInto(page, "Events are parked: shipping", address);
  await page.getByRole("link", { name: `Correct the address of order ${orderNumber(poison)}` }).click();
  await page.waitForURL(`**/orders/${poison}`);
  await page.getByRole("button", { name: "Correct address" }).waitFor({ timeout: SHOWN_MS });
  await page.context().close();
}, 240_000);

it("an order that is stuck: its number leads to the run that halted, which is tried again there", async (context) => {
  const page = await atConsole(stage.browser(context), stage.system.urls.admin, "/", "operator");
  const orderId = await halted(page);
  await gatewayFaults({ down: false });
  await atOverview(page);
  await find(page, orderNumber(orderId), `Order ${orderNumber(orderId)}`);
  await page.getByText("Its checkout could not be undone.").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.getByRole("link", { name: "Checkout saga" }).first().click();
  await act(page, "Retry step", "The gateway is back.");
  await becomes(stage.db, orderId, "cancelled");
  await page.context().close();
}, 150_000);

/** An order whose checkout was to be undone while the gateway was down, and could not be. */
async function halted(page: Page): Promise<string> {
  await gatewayFaults({ down: true });
  const orderId = await buy();
  const run = `checkout:${orderId}`;
  await vi.waitUntil(
    async () => (await stage.db.query(sql`SELECT FROM saga_steps WHERE saga_id = ${run} AND attempt > 0`)).length > 0,
    WAIT,
  );
  await page.goto(`${stage.system.urls.admin}/sagas/${run}`);
  await act(page, "Compensate", "The gateway stays away.");
  await vi.waitUntil(async () => {
    // Its present attempt is its last.
    await stage.db.query(sql`
      UPDATE saga_steps SET attempt = 100 WHERE saga_id = ${run} AND kind = 'compensation' AND status = 'pending'`);
    const rows = await stage.db.query(sql`SELECT FROM sagas WHERE saga_id = ${run} AND status = 'compensation_failed'`);
    return rows.length > 0;
  }, WAIT);
  return orderId;
}

async function act(page: Page, label: string, reason: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: label, exact: true }).click();
  await dialog.getByRole("textbox").fill(reason);
  await dialog.getByRole("button", { name: label, exact: true }).click();
  await dialog.waitFor({ state: "detached", timeout: SHOWN_MS });
}

it("a Postgres that was restarted under load is told of afterwards, as what explains the rest, and every order ends", async (context) => {
  const { system } = stage;
  const page = await atConsole(stage.browser(context), system.urls.admin, "/", "operator");
  made.add("postgres-restarted");
  const before = system.pid("postgres");
  const load = Promise.allSettled(Array.from({ length: 8 }, () => buy()));
  system.kill("postgres", "SIGKILL");
  await load;
  await vi.waitUntil(async () => {
    const isBack = system.pid("postgres") !== undefined && system.pid("postgres") !== before;
    if (!isBack) return false;
    const answer = await fetch(`${system.urls.admin}/api/health`).catch(() => undefined);
    return answer?.ok === true;
  }, WAIT);
  await lookInto(page, "Postgres was restarted", /Postgres ended while the system was at work/);
  await allEnd();
  await page.context().close();
}, 150_000);
