/** The page of faults: one is switched on, is told of on every page, and ends, by hand or by itself. */
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { becomes } from "./shared-system.ts";
import { setUpStage } from "./stage.ts";

const SHOWN_MS = 30_000;
const TOLD = "A fault is switched on: sales_by_day is late by 2 s";

const stage = setUpStage();

const press = (page: Page, name: string) => page.getByRole("button", { name }).click();
const told = (page: Page) => page.getByRole("banner").getByText(TOLD);

async function slowDown(page: Page): Promise<void> {
  await page.getByLabel("Which projection").selectOption("sales_by_day");
  await page.getByLabel("How late it is").selectOption("2000");
  await press(page, "Switch on: Slow projection");
}

it("a fault is switched on and told of on every page until it is turned off or its time is over; a scenario shows what it ordered", async (context) => {
  const { admin } = stage.system.urls;
  const page = await atConsole(stage.browser(context), admin, "/dev", "operator");
  await slowDown(page);
  await told(page).waitFor({ timeout: SHOWN_MS });
  await page.getByText(/by .+, until .+, \d:\d\d left/).waitFor();
  await fits(page);

  await page.goto(`${admin}/audit`);
  await told(page).waitFor({ timeout: SHOWN_MS });
  await page.getByRole("banner").getByRole("link", { name: "See faults" }).click();
  await press(page, "Turn off: Slow projection");
  await told(page).waitFor({ state: "detached", timeout: SHOWN_MS });

  await slowDown(page);
  await told(page).waitFor({ timeout: SHOWN_MS });
  await stage.db.query(sql`UPDATE faults SET expires_at = now()`);
  await told(page).waitFor({ state: "detached", timeout: SHOWN_MS });

  await press(page, "Play: A declined card");
  const order = page.getByRole("status").getByRole("link").first();
  await order.waitFor({ timeout: SHOWN_MS });
  const orderId = (await order.getAttribute("href"))?.split("/").at(-1) ?? expect.fail("no order");
  await becomes(stage.db, orderId, "cancelled");
});
