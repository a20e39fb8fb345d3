/** Signing up and sending a parcel, with names and addresses that were once refused, or taken, wrongly. */
import type { Browser, Page } from "playwright-core";
import { expect, it } from "vitest";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";
import { ask, goOn, payByCard } from "./visitor.ts";

const CONFIRM_MS = 15_000;

const stage = setUpStage();

const newPage = async (inBrowser: Browser): Promise<Page> => (await inBrowser.newContext()).newPage();

it("a sign-up says at the field what is wrong with it, keeps what was typed, and takes an address in Cyrillic", async (context) => {
  const browser = stage.browser(context);
  const page = await newPage(browser);
  await page.goto(`${stage.system.urls.storefront}/register?next=/checkout`);
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
  const session = await ask(page, `${stage.system.urls.storefront}/api/trpc/profile.get`);
  expect(await session.json()).toMatchObject({
    result: { data: { name: "Инес Моро", email: "инес@xn--80a1acny.xn--p1ai" } },
  });
  await page.context().close();
}, 120_000);

it("the address form follows the country, and an order goes to Ireland without a code; paid back, the console says so", async (context) => {
  const browser = stage.browser(context);
  const page = await newPage(browser);
  await page.goto(`${stage.system.urls.storefront}/products`);
  await page.locator("main ul a[href^='/p/']").first().click();
  await page.waitForURL(/\/p\//);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.waitForURL(/\/checkout/);
  await page.getByLabel("E-mail").fill("user&co@example.com");
  await goOn(page);
  await page.getByLabel("Full name").fill("\u3164");
  await page.getByLabel("Street and number").fill("1 Quay Street");
  await page.getByLabel("City").fill("Galway");
  await page.getByLabel("ZIP or postal code").fill("1");
  await goOn(page);
  const summary = page.getByRole("alert").filter({ hasText: "Enter a ZIP or postal code such as 94103" });
  await summary.getByText("Enter a full name").waitFor();
  await fits(page);
  await page.getByLabel("Full name").fill("Ines");
  await page.getByLabel("Country").selectOption("IE");
  await page.getByLabel("Eircode").fill("");
  await goOn(page);
  await payByCard(page);
  await page.getByRole("button", { name: /Place order/ }).click();
  const status = (name: string) => page.locator(`[data-testid="order-status"][data-status="${name}"]`);
  await status("confirmed").waitFor({ timeout: CONFIRM_MS });
  await page.getByRole("button", { name: "Cancel this order" }).click();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await status("cancelled").waitFor({ timeout: CONFIRM_MS });

  const console = await atConsole(browser, stage.system.urls.admin, "/", "viewer");
  const sales = console.getByRole("figure").filter({ hasText: /less .* for [1-9]\d* refunds?/ });
  await sales.waitFor();
  await sales.getByText("as a table").click();
  await sales.getByRole("columnheader", { name: "Net" }).waitFor();
  await fits(console);
  for (const each of [page, console]) await each.context().close();
}, 180_000);
