/** Pages of the console that stay open while shoppers come: what of their memory is in use after a collection, as the browser counts it. */
import type { CDPSession, Page } from "playwright-core";
import { atConsole } from "../../end-to-end/console.ts";
import { launchBrowser, NO_BROWSER } from "../../environment/browser.ts";
import type { System } from "../../testing/system.ts";
import type { Counters } from "./counters.ts";

/** Each follows what happens, in its own way. */
const PATHS = ["/", "/events", "/orders", "/projections"];

export interface OpenPages extends AsyncDisposable {
  /** Kilobytes of each, by its path. */
  inUse(): Promise<Counters>;
}

/** None where there is no browser. */
export async function openPages({ urls }: System, log: (line: string) => void): Promise<OpenPages> {
  const browser = await launchBrowser();
  if (browser === undefined) {
    log(NO_BROWSER);
    return { inUse: async () => ({}), [Symbol.asyncDispose]: async () => undefined };
  }
  const opened: (readonly [string, CDPSession])[] = [];
  for (const path of PATHS) {
    const page: Page = await atConsole(browser, urls.admin, path, "viewer");
    opened.push([`console ${path}`, await page.context().newCDPSession(page)]);
  }
  return {
    async inUse() {
      const counters: [string, number][] = [];
      for (const [name, session] of opened) {
        await session.send("HeapProfiler.collectGarbage");
        const { usedSize } = await session.send("Runtime.getHeapUsage");
        counters.push([name, usedSize / 1_024]);
      }
      return Object.fromEntries(counters);
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
