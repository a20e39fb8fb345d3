/** What a file of browser tests plays on: a running system with its database, and a browser. */
import { createPool, poolDatabase } from "@tillstream/db";
import type { Database } from "@tillstream/runtime";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { TestContext } from "vitest";
import { launchBrowser, NO_BROWSER } from "../environment/browser.ts";
import { sharedSystem } from "./shared-system.ts";
import type { SharedSystem } from "./shared-system.ts";

const POOL_MAX = 4;

export interface Stage<Running extends SharedSystem> {
  readonly system: Running;
  readonly db: Database;
  /** Skips the test on a machine without a browser. */
  browser(context: TestContext): Browser;
}

const isOwn = (system: SharedSystem | (SharedSystem & AsyncDisposable)): system is SharedSystem & AsyncDisposable =>
  Symbol.asyncDispose in system;

/** Set up before the file's tests and taken down after them. @param start by default the run's own system, which outlives the file */
export function setUpStage(): Stage<SharedSystem>;
export function setUpStage<Running extends SharedSystem & AsyncDisposable>(
  start: () => Promise<Running>,
): Stage<Running>;
export function setUpStage(start: () => Promise<SharedSystem | (SharedSystem & AsyncDisposable)> = sharedSystem) {
  const stack = new AsyncDisposableStack();
  let system: SharedSystem;
  let db: Database;
  let browser: Browser | undefined;
  beforeAll(async () => {
    const running = await start();
    system = running;
    if (isOwn(running)) stack.use(running);
    browser = await launchBrowser();
    stack.defer(async () => browser?.close());
    const pool = createPool({ url: system.databaseUrl, max: POOL_MAX, applicationName: "e2e" });
    stack.defer(() => pool.end());
    db = poolDatabase(pool);
  });
  afterAll(() => stack.disposeAsync());
  return {
    get system() {
      return system;
    },
    get db() {
      return db;
    },
    browser: (context: TestContext) => browser ?? context.skip(NO_BROWSER),
  };
}
