/** Finding things: suggestions by the keyboard, facets on a desk and on a phone, and Back. */
import { expect, it } from "vitest";
import { accessible, fits, WIDE } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";

const SHOWN_MS = 30_000;

const stage = setUpShopStage();

it("suggestions come as one types, are walked by the keyboard, and say what may have been meant", async (context) => {
  const page = await stage.visitor(context);
  await page.setViewportSize(WIDE);
  await page.goto(stage.shop, { waitUntil: "networkidle" });
  const box = page.getByRole("combobox", { name: "Search the shop" }).first();
  await box.pressSequentially("moka pott");
  await page.getByRole("option", { name: "Did you mean moka pot?" }).waitFor({ timeout: SHOWN_MS });
  await accessible(page);
  await box.press("Escape");
  await page.getByRole("listbox").first().waitFor({ state: "hidden" });
  await box.press("ArrowDown");
  await box.press("ArrowDown");
  expect(await page.getByRole("option", { selected: true }).textContent()).toContain("Moka pot");
  await box.press("Enter");
  await page.waitForURL(/\/p\/moka-pot/, { timeout: SHOWN_MS });
});

it("a list is narrowed by links that add up, each with its own way off, and Back goes one step", async (context) => {
  const page = await stage.visitor(context);
  await page.setViewportSize(WIDE);
  await page.goto(`${stage.shop}/search?q=mugg`, { waitUntil: "networkidle" });
  await page.getByText("These match mug").waitFor({ timeout: SHOWN_MS });
  await page.goto(`${stage.shop}/products`, { waitUntil: "networkidle" });
  await page
    .getByText(/^\d+ more$/)
    .first()
    .click();
  await page.getByRole("link", { name: /^Indigo \d+$/ }).click();
  await page.waitForURL(/\?colour=indigo$/, { timeout: SHOWN_MS });
  await page.getByRole("link", { name: /^Linen \d+$/ }).click();
  await page.waitForURL(/\?colour=indigo&material=linen$/, { timeout: SHOWN_MS });
  await page.getByLabel("To $").fill("60");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(/to=60/, { timeout: SHOWN_MS });
  await fits(page);
  await page.getByRole("link", { name: "Remove Price: Up to $60" }).click();
  await page.waitForURL(/\?colour=indigo&material=linen$/, { timeout: SHOWN_MS });
  await page.goBack();
  await page.waitForURL(/to=60/, { timeout: SHOWN_MS });
  await page.getByRole("link", { name: "Clear all" }).click();
  await page.waitForURL(/\/products$/, { timeout: SHOWN_MS });
});

it("a second choice at once keeps the first, a price that is none is told at its field, and the title has the words", async (context) => {
  const page = await stage.visitor(context);
  await page.setViewportSize(WIDE);
  await page.goto(`${stage.shop}/search?q=linen`, { waitUntil: "networkidle" });
  expect(await page.title()).toContain("linen");
  await page.goto(`${stage.shop}/products`, { waitUntil: "networkidle" });
  // Both in one turn, before the first has landed.
  await page.evaluate(
    `for (const name of ["colour=", "stock=in"]) document.querySelector("aside a[href*='" + name + "']").click()`,
  );
  await page.waitForURL(/\?colour=[a-z-]+&stock=in$/, { timeout: SHOWN_MS });
  await page.getByLabel("From $").fill("cheap");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByText("“cheap” is not a price. Enter one such as 25 or 49.50").waitFor({ timeout: SHOWN_MS });
  expect(await page.getByLabel("From $").getAttribute("aria-invalid")).toBe("true");
  await page.locator("input[name=from]:focus").waitFor({ timeout: SHOWN_MS });
  await accessible(page);
});

it("on a phone the facets are a sheet that stays while one chooses from it", async (context) => {
  const page = await stage.visitor(context);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${stage.shop}/c/ceramics`, { waitUntil: "networkidle" });
  const open = page.getByRole("button", { name: "Filters" });
  await open.click();
  const sheet = page.getByRole("complementary", { name: "Filters" });
  await sheet.waitFor({ timeout: SHOWN_MS });
  await accessible(page);
  await sheet.getByRole("link", { name: /^Moss \d+$/ }).click();
  await page.waitForURL(/\/c\/ceramics\?colour=moss$/, { timeout: SHOWN_MS });
  await sheet.getByRole("button", { name: /^Show \d+$/ }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "Remove Colour: Moss" }).waitFor();
});
