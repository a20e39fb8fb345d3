/** The shop's front without scripts, a product's choices with them, and what both say to those who find the shop by a machine. */
import { sql } from "@tillstream/runtime";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { fits } from "./accessible.ts";
import { setUpShopStage } from "./shop-stage.ts";

const TEST_MS = 120_000;
/** A little more than the page waits between two looks. */
const LOOKED_MS = 30_000;
const PHONE = { width: 390, height: 800 };

const stage = setUpShopStage();

const inFirstScreen = async (page: Page, text: string): Promise<boolean> => {
  const box = await page.getByRole("main").getByText(text).first().boundingBox();
  return box !== null && box.y + box.height <= PHONE.height;
};

it(
  "the front reads without scripts: rooms, prices and categories, and no grey box",
  { timeout: TEST_MS },
  async (context) => {
    const page = await stage.visitor(context, { javaScriptEnabled: false });
    await page.goto(stage.shop);
    for (const name of ["What others took home", "By room and by hand", "Light for the long evenings"])
      await page.getByRole("heading", { name }).waitFor();
    const seen = page.getByRole("list", { name: "In the picture: Light for the long evenings" });
    expect(await seen.getByText(/\$\d+\.\d\d/).count()).toBeGreaterThan(3);
    expect(await page.locator("main [aria-busy=true]").count()).toBe(0);
    const scripted = await stage.visitor(context);
    await scripted.goto(stage.shop);
    await fits(scripted);
  },
);

it(
  "without scripts one gets from the front over a list and a product into the cart",
  { timeout: TEST_MS },
  async (context) => {
    const page = await stage.visitor(context, { javaScriptEnabled: false });
    await page.goto(stage.shop);
    await page.locator("main a[href^='/c/']").first().click();
    await page.waitForURL(/\/c\//);
    const putIn = async (quantity: string) => {
      await page.goto(`${stage.shop}/products?stock=in`);
      await page.locator("main a[href^='/p/']").first().click();
      await page.getByRole("textbox", { name: /^Quantity of/ }).fill(quantity);
      await page.getByRole("button", { name: "Add to cart" }).click();
      await page.waitForURL(`${stage.shop}/cart`);
    };
    await putIn("2");
    const quantity = page.getByRole("main").getByRole("textbox", { name: /^Quantity of/ });
    expect(await quantity.inputValue()).toBe("2");
    await page.getByRole("main").getByRole("link", { name: "Check out" }).waitFor();
    await putIn("1");
    expect(await quantity.inputValue()).toBe("3");
    expect(await page.getByRole("link", { name: "Cart, 3 items" }).count()).toBe(1);

    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const elsewhere = await fetch(`${stage.shop}/api/forms/cart`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: cookies, "sec-fetch-site": "cross-site" },
      body: new URLSearchParams({ sku: stage.item(0).sku, quantity: "1", price: "1" }),
    });
    expect(elsewhere.status).toBe(403);
    await page.reload();
    expect(await quantity.inputValue()).toBe("3");
  },
);

it(
  "colour and size are chosen apart, a dead end says what it comes in, and Back leaves the product",
  { timeout: TEST_MS },
  async (context) => {
    const page = await stage.visitor(context);
    await page.setViewportSize(PHONE);
    await page.goto(`${stage.shop}/c/ceramics`);
    await page.goto(`${stage.shop}/p/moon-jar`);
    const choice = (name: RegExp) => page.getByRole("radio", { name });
    await page.getByRole("group", { name: "Colour" }).waitFor();
    expect(await choice(/^Chalk/).isChecked()).toBe(true);
    expect(await inFirstScreen(page, "$84.00")).toBe(true);
    expect(await inFirstScreen(page, "In stock")).toBe(true);
    await choice(/^Celadon only in Large/).click();
    await page.waitForURL(/colour=Celadon&size=Large/);
    await page.getByRole("status").getByText("Only a few left").waitFor();
    await choice(/^Small only in Chalk/).waitFor({ state: "attached" });
    expect(await choice(/^Large/).isChecked()).toBe(true);
    await page.goBack();
    await page.waitForURL(/\/c\/ceramics/);
    await page.goto(`${stage.shop}/p/moon-jar?colour=Celadon&size=Small`);
    await page.getByText("There is no Celadon, Small.").waitFor();
    await fits(page);
  },
);

it("a product that sells out says so on a page that is open", { timeout: TEST_MS }, async (context) => {
  const page = await stage.visitor(context);
  const { sku, slug } = stage.item(40);
  await page.goto(`${stage.shop}/p/${slug}?sku=${sku}`);
  await page.getByRole("status").getByText("In stock").waitFor();
  const [kept] = await stage.db.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${sku}`);
  const set = (available: number) => stage.db.query(sql`UPDATE stock SET available = ${available} WHERE sku = ${sku}`);
  await set(0);
  try {
    await page.getByRole("status").getByText("Sold out").waitFor({ timeout: LOOKED_MS });
  } finally {
    await set(kept?.available ?? 0);
  }
});

it(
  "machines find it: whole addresses, data, a map, and nothing that is about a person",
  { timeout: TEST_MS },
  async () => {
    const whole = async (path: string) => {
      const answer = await fetch(`${stage.shop}${path}`);
      return { status: answer.status, page: await answer.text() };
    };
    const text = async (path: string) => (await whole(path)).page;
    const head = async (path: string, init: RequestInit = {}) => (await fetch(`${stage.shop}${path}`, init)).headers;
    const page = await text("/p/moon-jar?size=Large");
    expect(page).toContain(`<link rel="canonical" href="${stage.shop}/p/moon-jar"`);
    expect(page).toContain(`"@type":"Product"`);
    expect(page).toMatch(/<meta property="og:image" content="[^"]+\/p\/moon-jar\/opengraph-image/);
    expect((await head("/p/moon-jar/opengraph-image")).get("content-type")).toBe("image/png");
    expect(await text("/sitemap.xml")).toContain(`<loc>${stage.shop}/p/moon-jar</loc>`);
    expect(await text("/robots.txt")).toContain("Disallow: /account");
    expect((await head("/cart")).get("x-robots-tag")).toContain("noindex");
    expect((await head("/products/dipped-mug-moss.svg?v=1")).get("cache-control")).toContain("immutable");
    expect((await head("/")).get("cache-control")).toBe("private, no-cache");
    expect((await head("/", { headers: { cookie: "a=b" } })).get("cache-control")).toContain("no-store");
    expect((await head("/cart")).get("cache-control")).toContain("no-store");
    const nothing = await Promise.all(
      ["/wp-login.php", "/about/us", "/products/x", "/account/x", "/orders/x"].map(whole),
    );
    expect(nothing.map(({ status }) => status)).toEqual(nothing.map(() => 404));
    expect(new Set(nothing.map(({ page }) => page.replaceAll(/nonce="[^"]*"/g, ""))).size).toBe(1);
    expect(nothing[0]?.page.length).toBeLessThan(4_000);
  },
);
