/** The main pages of the built shop in a headless browser, each visited as by somebody who was never there. */
import type { Page } from "playwright-core";
import { launchBrowser, NO_BROWSER } from "../../environment/browser.ts";
import { percentile, createShoppers } from "../traffic/shoppers.ts";
import type { Figure } from "./measure.ts";
import { openShop } from "./open-shop.ts";
import { vitalsOf } from "./page-vitals.ts";
import type { Visit, Vitals } from "./page-vitals.ts";

const LCP_MS_MAX = 2_500;
const CLS_MAX = 0.1;
const INP_MS_MAX = 200;
const REACH = `LCP <= ${LCP_MS_MAX} ms, CLS <= ${CLS_MAX}, INP <= ${INP_MS_MAX} ms`;
/** A day: what is confirmed can be cancelled. */
const SHIPPING_DELAY_MS = "86400000";
const PHONE = { width: 390, height: 844 };

interface ShopPage extends Omit<Visit, "url"> {
  readonly name: string;
  readonly path: string;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();

async function search(page: Page): Promise<void> {
  const field = page.getByRole("combobox", { name: "Search the shop" }).first();
  await field.click();
  await page.keyboard.type("oak board", { delay: 40 });
  await page.getByRole("option").first().waitFor();
}

async function askToCancel(page: Page): Promise<void> {
  await button(page, "Cancel this order").click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function putIn(page: Page): Promise<void> {
  await button(page, /^One more of/).click();
  await button(page, "Add to cart").click();
  await page.getByRole("dialog", { name: "Your cart" }).waitFor();
}

async function changeQuantity(page: Page): Promise<void> {
  await button(page, /^One more of/).click();
  await button(page, /^One fewer of/).click();
}

async function beginCheckout(page: Page): Promise<void> {
  await page.getByLabel("E-mail").click();
  await page.keyboard.type("ines@example.com", { delay: 20 });
  await button(page, /^Continue to/).click();
  await page.getByLabel("Full name").waitFor();
}

const pagesOf = (order: string): readonly ShopPage[] => [
  { name: "home", path: "/", act: search },
  { name: "list", path: "/products", act: search },
  { name: "product", path: "/p/moka-pot", act: putIn },
  { name: "cart", path: "/cart", act: changeQuantity },
  { name: "checkout", path: "/checkout", act: beginCheckout },
  { name: "order", path: order, follows: /orders\.watchAll/, act: askToCancel },
];

export async function* benchVitals(visits: number): AsyncGenerator<Figure> {
  await using browser = await launchBrowser();
  if (browser === undefined) throw new Error(NO_BROWSER);
  await using shop = await openShop({ SHIPPING_DELAY_MS });
  const { client, url, skus } = shop;
  const { lines, ...buyer } = createShoppers({ client, skus, declineShare: 0, seed: 13 })(0);
  const placed = await client.placeOrder({ ...buyer, lines }, crypto.randomUUID());
  for (const { name, path, ...page } of pagesOf(`/orders/${placed.orderId}?token=${placed.accessToken}`)) {
    const seen: Vitals[] = [];
    for (let visit = 0; visit < visits; visit += 1) {
      const [cookie = "", value = ""] = (await client.fillCart(lines, crypto.randomUUID())).cookie.split("=", 2);
      await using context = await browser.newContext({ viewport: PHONE });
      await context.addCookies([{ name: cookie, value, url }]);
      seen.push(await vitalsOf(await context.newPage(), { url: url + path, ...page }));
    }
    yield figureOf(name, seen);
  }
}

/** Of three visits out of four, as web.dev counts. */
function figureOf(name: string, seen: readonly Vitals[]): Figure {
  const of = (vital: keyof Vitals) =>
    percentile(
      seen.map((one) => one[vital]).toSorted((a, b) => a - b),
      0.75,
    );
  const scripts = `${(of("scriptBytes") / 1_000).toFixed(0)} kB of scripts`;
  return {
    name: `${name}, on a phone's screen, ${seen.length} first visits`,
    measured: `LCP ${of("lcpMs").toFixed(0)} ms, CLS ${of("cls").toFixed(2)}, INP ${of("inpMs").toFixed(0)} ms, ${scripts}`,
    reach: REACH,
  };
}
