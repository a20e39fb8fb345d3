/**
 * `npm run screenshots`: every page of shop and console at 1280 and 390 px, light and dark, from a system of its own, into the data
 * folder; and a sheet of all mails and one of all drawings, from no system. With `-- --docs` the pictures of the documents instead. A page that is not whole has no picture, and the command fails.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { Browser, BrowserContext } from "playwright-core";
import { REPOSITORY_ROOT } from "./environment/places.ts";
import { capture, PageFault } from "./screenshots/capture.ts";
import { makeOrders } from "./screenshots/orders.ts";
import { DOCUMENTED, visitsOf } from "./screenshots/pages.ts";
import type { Visit, Visitor } from "./screenshots/pages.ts";
import { LOCAL_PASSWORD } from "./seed/users.ts";
import { readLocalSettings } from "./environment/settings.ts";
import { launchBrowser } from "./environment/browser.ts";
import { startSystem } from "./testing/system.ts";
import type { System } from "./testing/system.ts";
import { takeSheets } from "./screenshots/sheets.ts";

/** A day: what is confirmed stays so. */
const SHIPPING_DELAY_MS = "86400000";
const WIDE = { name: "1280", viewport: { width: 1_280, height: 800 } };
const NARROW = { name: "390", viewport: { width: 390, height: 844 } };
const APP_OF = { shopper: "storefront", operator: "admin" } as const;

const { docs, only } = new Command("screenshots")
  .option("--docs", "only the pictures of docs/images")
  .option("--only <words...>", "only pages whose name holds one of these words")
  .parse()
  .opts<{ docs?: boolean; only?: readonly string[] }>();

type Look = (typeof WIDE | typeof NARROW) & { readonly theme: "light" | "dark" };
const looks: readonly Look[] =
  docs === true
    ? [{ ...WIDE, theme: "light" }]
    : [WIDE, NARROW].flatMap((size) => (["light", "dark"] as const).map((theme) => ({ ...size, theme })));
const isWanted = ({ name }: Pick<Visit, "name">): boolean =>
  docs === true ? name in DOCUMENTED : only === undefined || only.some((word) => name.includes(word));

const folder = docs === true ? join(REPOSITORY_ROOT, "docs/images") : join(readLocalSettings().dataDir, "screenshots");
if (docs !== true) rmSync(folder, { recursive: true, force: true });

async function signedIn(context: BrowserContext, system: System, visitor: Visitor): Promise<BrowserContext> {
  if (visitor === "guest") return context;
  const page = await context.newPage();
  await page.goto(`${system.urls[APP_OF[visitor]]}/login`);
  await page.getByLabel("E-mail").fill(`${visitor}@tillstream.test`);
  await page.getByLabel("Password").fill(LOCAL_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
  await page.close();
  return context;
}

async function takeAll(system: System, browser: Browser): Promise<string[]> {
  const faults: string[] = [];
  const visits = Object.entries(visitsOf(await makeOrders(system))) as [Visitor, readonly Visit[]][]; // its keys
  for (const { name: width, viewport, theme } of looks) {
    for (const [visitor, all] of visits) {
      if (!all.some(isWanted)) continue;
      await using context = await browser.newContext({ viewport, colorScheme: theme });
      await signedIn(context, system, visitor);
      for (const { name, app, path, act } of all.filter(isWanted)) {
        const file = docs === true ? (DOCUMENTED[name] ?? "") : `${name}-${width}-${theme}.png`;
        const picture = { url: system.urls[app] + path, path: join(folder, file), fullPage: docs !== true, act };
        try {
          await capture(context, picture);
          console.log(file);
        } catch (error) {
          const why = error instanceof PageFault ? error.message : String(error);
          faults.push(file);
          console.error(`${file}: ${why}`);
        }
      }
    }
  }
  return faults;
}

await using browser = await launchBrowser();
if (browser === undefined) throw new Error("no Chromium found: apt-get install chromium, or set CHROMIUM_PATH");
mkdirSync(folder, { recursive: true });
for (const file of await takeSheets(browser, folder, isWanted)) console.log(file);
await using system = await startSystem({ env: { SHIPPING_DELAY_MS } });
const faults = await takeAll(system, browser);
console.log(faults.length === 0 ? `all pages are whole: ${folder}` : `not whole: ${faults.join(", ")}`);
process.exitCode = faults.length === 0 ? 0 : 1;
