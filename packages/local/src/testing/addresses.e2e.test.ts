/** Signing up and sending a parcel, with names and addresses that were once refused, or taken, wrongly. */
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCAL_PASSWORD } from "../seed/users.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { sharedSystem } from "./shared-system.ts";
import type { SharedSystem } from "./shared-system.ts";

const CONFIRM_MS = 15_000;
/** Wide, and a small phone. */
const WIDTHS = [1280, 390];

let system: SharedSystem;
let browser: Browser | undefined;
beforeAll(async () => {
  system = await sharedSystem();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

const newPage = async (inBrowser: Browser): Promise<Page> => (await inBrowser.newContext()).newPage();

/** No serious finding, and nothing wider than the screen. */
async function fits(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  }
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

it("a sign-up says at the field what is wrong with it, keeps what was typed, and takes an address in Cyrillic", async (context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  const page = await newPage(browser);
  await page.goto(`${system.urls.storefront}/register?next=/checkout`);
  const [name, email, password] = [
    page.getByLabel("Your name"),
    page.getByLabel("E-mail"),
    page.getByLabel("Password"),
  ];
  await name.fill("\u200b");
  await email.fill("ines@");
  await password.fill("a long enough password");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByText("Enter your name").waitFor();
  await page.getByText("Enter an e-mail address such as you@example.com").waitFor();
  expect(await page.locator(":focus").getAttribute("name")).toBe("name");
  expect([await email.inputValue(), await password.inputValue()]).toEqual(["ines@", "a long enough password"]);
  await fits(page);
  await name.fill("Инес \u202eМоро");
  await email.fill("инес@почта.рф");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.waitForURL(({ pathname }) => pathname === "/checkout");
  const session = await page.context().request.get(`${system.urls.storefront}/api/trpc/profile.get`);
  expect(await session.json()).toMatchObject({
    result: { data: { name: "Инес Моро", email: "инес@xn--80a1acny.xn--p1ai" } },
  });
  await page.context().close();
}, 120_000);

it("the address form follows the country, and an order goes to Ireland without a code; paid back, the console says so", async (context) => {
  if (browser === undefined) return context.skip(NO_BROWSER);
  const page = await newPage(browser);
  await page.goto(`${system.urls.storefront}/products`);
  await page.locator("main ul a[href^='/p/']").first().click();
  await page.waitForURL(/\/p\//);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.waitForURL(/\/checkout/);
  await page.getByLabel("E-mail").fill("user&co@example.com");
  await page.getByLabel("Full name").fill("\u3164");
  await page.getByLabel("Street and number").fill("1 Quay Street");
  await page.getByLabel("City").fill("Galway");
  await page.getByLabel("ZIP or postal code").fill("1");
  await page.getByRole("button", { name: /Place order/ }).click();
  const summary = page.getByRole("alert").filter({ hasText: "Enter a ZIP or postal code such as 94103" });
  await summary.getByText("Enter a full name").waitFor();
  await fits(page);
  await page.getByLabel("Full name").fill("Ines");
  await page.getByLabel("Country").selectOption("IE");
  await page.getByLabel("Eircode").fill("");
  await page.getByRole("button", { name: /Place order/ }).click();
  const status = (name: string) => page.locator(`[data-testid="order-status"][data-status="${name}"]`);
  await status("confirmed").waitFor({ timeout: CONFIRM_MS });
  await page.getByRole("button", { name: "Cancel this order" }).click();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await status("cancelled").waitFor({ timeout: CONFIRM_MS });

  await page.goto(`${system.urls.admin}/`);
  await page.getByLabel("E-mail").fill("viewer@tillstream.test");
  await page.getByLabel("Password").fill(LOCAL_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  const sales = page.getByRole("figure").filter({ hasText: /less .* for [1-9]\d* refunded/ });
  await sales.waitFor();
  await sales.getByText("as a table").click();
  await sales.getByRole("columnheader", { name: "Net" }).waitFor();
  await fits(page);
  await page.context().close();
}, 180_000);
