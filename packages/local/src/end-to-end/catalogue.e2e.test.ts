/** The console's pages of products: found, edited by two at once, and repriced. */
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { fits } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";

const SHOWN_MS = 30_000;

const stage = setUpStage();

async function aProduct(): Promise<{ slug: string; name: string; sku: string }> {
  const [product] = await stage.db.query<{ slug: string; name: string; sku: string }>(sql`
    SELECT slug, product.name, sku FROM products product JOIN product_variants variant ON variant.product_id = product.id
    ORDER BY product.ordinal DESC, sku LIMIT 1`);
  return product ?? expect.fail("no product");
}

async function save(page: Page): Promise<void> {
  await page.getByLabel("Reason").fill("It reads better.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
}

it("a product is found; of two who edit it, the slower chooses between both edits; its new price is in the shop at once", async (context) => {
  const browser = stage.browser(context);
  const { admin, storefront } = stage.system.urls;
  const { slug, name, sku } = await aProduct();
  const page = await atConsole(browser, admin, "/catalogue", "operator");
  await page.getByLabel("Find a product").fill("zeppelin");
  await page.keyboard.press("Enter");
  await page.getByText("No product matches").waitFor({ timeout: SHOWN_MS });
  await page.getByLabel("Find a product").fill(sku);
  await page.keyboard.press("Enter");
  await page.getByText("1 product, as of").waitFor({ timeout: SHOWN_MS });
  await fits(page);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor({ timeout: SHOWN_MS });

  const other = await atConsole(browser, admin, `/catalogue/${slug}`, "admin");
  await page.getByLabel("Summary").fill("As the slower has it.");
  await other.getByLabel("Summary").fill("As the faster has it.");
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await other.getByText("Enter a reason.").waitFor();
  await save(other);
  await other.getByText("Saved. The shop shows it now.").waitFor({ timeout: SHOWN_MS });
  await save(page);
  const conflict = page.getByRole("region", { name: "Another edit" });
  await conflict.getByText("As the faster has it.").waitFor({ timeout: SHOWN_MS });
  await conflict.getByText("As the slower has it.").waitFor();
  await fits(page);
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await save(page);
  await page.getByText("Saved. The shop shows it now.").waitFor({ timeout: SHOWN_MS });

  await page.getByRole("button", { name: `Change the price of ${sku}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New price in USD").fill("123.45");
  await dialog.getByRole("button", { name: "Change price" }).click();
  await dialog.getByText("Enter a reason.").waitFor();
  await dialog.getByLabel("Reason").fill("to see it change");
  await dialog.getByRole("button", { name: "Change price" }).click();
  await dialog.waitFor({ state: "detached", timeout: SHOWN_MS });
  const done = page.getByRole("listitem").filter({ hasText: `${sku} costs $123.45 now.` });
  await done.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone.").waitFor({ timeout: SHOWN_MS });
  await done.waitFor({ state: "detached", timeout: SHOWN_MS });
  const opener = page.getByRole("button", { name: `Change the price of ${sku}` });
  await opener.and(page.locator(":focus")).waitFor({ timeout: SHOWN_MS });
  await page.getByRole("button", { name: `History of the price of ${sku}` }).click();
  await page.getByText("to see it change", { exact: true }).waitFor({ timeout: SHOWN_MS });
  await page.getByText("Undone (the reason given was: to see it change)").waitFor({ timeout: SHOWN_MS });
  await fits(page);

  const input = encodeURIComponent(JSON.stringify({ slug }));
  const shown = await (await fetch(`${storefront}/api/trpc/catalogue.bySlug?input=${input}`)).text();
  expect(shown).toContain("As the slower has it.");
  expect(shown).not.toContain('"amount":12345');
});
