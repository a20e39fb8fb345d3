/** An account's stream as a ledger, and travelling in it by keyboard alone. */
import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { sql } from "@tillstream/runtime";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";
import { ask, register } from "./visitor.ts";

const TABS_MAX = 400;
const WITHDRAWALS = 18;

const stage = setUpStage();

/** 200 dollars in, then ten out at a time. Resolves to the stream. */
async function fillAccount(page: Page): Promise<string> {
  const { storefront: shop } = stage.system.urls;
  const email = await register(page, shop, "Ada");
  const command = async (path: string, data: object) => {
    const headers = { origin: shop, "idempotency-key": crypto.randomUUID() };
    const answer = await ask(page, `${shop}/api/trpc/account.${path}`, { method: "POST", data, headers });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
  };
  await command("open", {});
  await command("deposit", { amount: { amount: 200_00, currency: "USD" } });
  for (let time = 0; time < WITHDRAWALS; time += 1)
    await command("withdraw", { amount: { amount: 10_00, currency: "USD" } });
  const [user] = await stage.db.query<{ id: string }>(sql`SELECT id FROM auth_users WHERE email = ${email}`);
  return `account-${user?.id ?? ""}`;
}

/** Tab after Tab, as far as it takes. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let tab = 0; tab < TABS_MAX; tab += 1) {
    if ((await control.and(page.locator(":focus")).count()) > 0) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${String(control)}`);
}

it("the ledger tells each change and balance, and one travels, compares and comes back without a mouse", async (context) => {
  const browser = stage.browser(context);
  const shopper = await (await browser.newContext()).newPage();
  const streamId = await fillAccount(shopper);
  const page = await atConsole(browser, stage.system.urls.admin, `/streams/${streamId}`, "viewer");
  const row = (version: number) =>
    page.getByRole("row").filter({ has: page.getByRole("button", { name: `Version ${version},` }) });
  const at = () => new URL(page.url()).searchParams.get("at");
  const isAt = (version: string | null) => expect.poll(at).toBe(version);

  await page.getByText("Now: after version 20").first().waitFor();
  for (let version = 3; version <= 20; version += 1) {
    const balance = 200 - 10 * (version - 2);
    await row(version)
      .getByText(`balance $${balance + 10}.00`)
      .waitFor();
    const text = (await row(version).textContent()) ?? "";
    expect(text).toContain("(-$10.00)");
    expect(
      await row(version)
        .getByRole("cell", { name: `$${balance}.00`, exact: true })
        .count(),
    ).toBe(1);
  }
  await fits(page);

  const slider = page.getByRole("slider", { name: "Version where you stand" });
  await tabTo(page, slider);
  await page.keyboard.press("ArrowLeft");
  await page.getByText("You are in the past").waitFor();
  await page.keyboard.press("ArrowLeft");
  await isAt("18");
  await page.keyboard.press("PageDown");
  await isAt("8");
  await page.getByText("after version 8 of 20").waitFor();
  await page.getByText("What follows had not happened yet").waitFor();
  expect(await row(8).getAttribute("aria-current")).toBe("step");
  await page.getByText("From version 8 to 20, which is now").waitFor();
  await page
    .getByRole("listitem")
    .filter({ hasText: /balance \$140\.00.*\$20\.00 \(-\$120\.00\)/ })
    .waitFor();
  await page.getByRole("region", { name: "State after version 8, content" }).getByText("14000").waitFor();
  await fits(page);
  await page.keyboard.press("Home");
  await isAt("1");
  await page.keyboard.press("End");
  await isAt(null);
  await page.keyboard.press("ArrowLeft");
  await isAt("19");

  await tabTo(page, row(5).getByRole("button", { name: "Travel here" }));
  await page.keyboard.press("Enter");
  await isAt("5");
  await page.getByText("after version 5 of 20").waitFor();
  await row(5).getByRole("button", { name: "You are here" }).and(page.locator(":focus")).waitFor();
  await tabTo(page, page.getByLabel("Compare with version"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await page.getByText("From version 2 to 5").waitFor();
  await page
    .getByRole("listitem")
    .filter({ hasText: /balance \$200\.00.*\$170\.00/ })
    .waitFor();
  await tabTo(page, page.getByLabel("First event after which this is true"));
  await page.keyboard.type("balance = 2000");
  await page.keyboard.press("Enter");
  const found = page.getByRole("status").getByRole("button", { name: "Travel here, to version 20" });
  await found.waitFor();
  await tabTo(page, found);
  await page.keyboard.press("Enter");
  await page.getByText("Now: after version 20").first().waitFor();
  await page.goBack();
  await isAt("5");
  await tabTo(page, page.getByRole("button", { name: "Back to now" }));
  await page.keyboard.press("Enter");
  await isAt(null);

  for (const [address, sentence] of [
    ["yesterday", "is neither a version nor an instant"],
    ["21", "has no version 21: it has the versions 1 to 20"],
    ["2001-01-01T00:00:00Z", "Nothing had happened yet"],
  ] as const) {
    await page.goto(`${stage.system.urls.admin}/streams/${streamId}?at=${address}`);
    await page.getByRole("alert").getByText(sentence).waitFor();
  }
  for (const each of [page, shopper]) await each.context().close();
}, 180_000);
