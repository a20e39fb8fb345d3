/** The running shop with visitors in a real browser, and what became of their orders as the store and the gateway say. */
import { createPool, poolDatabase } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { TestContext } from "vitest";
import { httpLedger, settled, verify } from "../verify/index.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { sharedSystem } from "./shared-system.ts";
import { itemsInStock } from "./visitor.ts";
import type { Item } from "./visitor.ts";

/** Also for what other files left under way, such as charges that are never answered. */
const SETTLE_MS = 120_000;

export interface Outcome {
  readonly orders: readonly { id: string; status: string; customerId: string | null; pieces: number }[];
  readonly ids: readonly string[];
  /** `confirmed` also for what has been shipped since. */
  readonly statuses: readonly string[];
  readonly captures: number;
}

export interface ShopStage extends AsyncDisposable {
  /** Where the shop is. */
  readonly shop: string;
  readonly db: Database;
  /** One that is in stock. */
  item(index: number): Item;
  /** A visitor of its own, with its own cookies; skips the test on a machine without a browser. */
  visitor(context: TestContext): Promise<Page>;
  /** What became of everything that was ordered with this e-mail address, once all is settled. */
  outcome(email: string): Promise<Outcome>;
  allHolds(): Promise<void>;
}

export async function createShopStage(): Promise<ShopStage> {
  const system = await sharedSystem();
  const browser = await launchBrowser();
  const pool = createPool({ url: system.databaseUrl, max: 4, applicationName: "e2e" });
  const db = poolDatabase(pool);
  const items = await itemsInStock(system);
  /** A new one each time: it reads once. */
  const ledger = () => httpLedger(system.urls.gateway);
  const allSettled = async () => expect(await settled(db, SETTLE_MS)).toBeUndefined();
  return {
    shop: system.urls.storefront,
    db,
    item: (index) => items[index] ?? expect.fail("the shop has too few items"),
    async visitor(context) {
      if (browser === undefined) return context.skip(NO_BROWSER);
      return (await browser.newContext()).newPage();
    },
    async outcome(email) {
      await allSettled();
      const orders = await db.query<Outcome["orders"][number]>(sql`
        SELECT id, status, customer_id AS "customerId",
               (SELECT sum(quantity)::int FROM order_lines WHERE order_id = orders.id) AS pieces
        FROM orders WHERE email = ${email} ORDER BY placed_at`);
      const ids = orders.map(({ id }) => id);
      const entries = await ledger().entries();
      const captures = entries.filter(({ kind, orderId }) => kind === "capture" && ids.includes(orderId)).length;
      return { orders, ids, captures, statuses: orders.map(({ status }) => status.replace("shipped", "confirmed")) };
    },
    async allHolds() {
      await allSettled();
      const findings = await verify(db, { gateway: ledger() });
      expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
      await browser?.close();
    },
  };
}

export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
}
