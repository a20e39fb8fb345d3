/** The running shop with visitors in a real browser, and what became of their orders as the store and the gateway say. */
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, expect, vi } from "vitest";
import type { TestContext } from "vitest";
import { httpLedger } from "../operations/verify/index.ts";
import { setUpStage } from "./stage.ts";
import { itemsInStock } from "./visitor.ts";
import type { Item } from "./visitor.ts";

const WAIT = { timeout: 60_000, interval: 100 };

export interface Outcome {
  readonly orders: readonly { id: string; status: string; customerId: string | null; pieces: number }[];
  readonly ids: readonly string[];
  /** `confirmed` also for what has been shipped since. */
  readonly statuses: readonly string[];
  readonly captures: number;
}

export interface ShopStage {
  /** Where the shop is. */
  readonly shop: string;
  readonly db: Database;
  /** One that is in stock. */
  item(index: number): Item;
  /** A visitor of its own, with its own cookies, until the test is over; skips the test on a machine without a browser. */
  visitor(context: TestContext, options?: BrowserContextOptions): Promise<Page>;
  /** What became of everything that was ordered with this e-mail address, once none of it is under way. */
  outcome(email: string): Promise<Outcome>;
}

/** Set up before the file's tests and taken down after them. */
export function setUpShopStage(): ShopStage {
  const stage = setUpStage();
  let items: readonly Item[] = [];
  beforeAll(async () => {
    items = await itemsInStock(stage.system);
  });
  return {
    get shop() {
      return stage.system.urls.storefront;
    },
    get db() {
      return stage.db;
    },
    item: (index) => items[index] ?? expect.fail("the shop has too few items"),
    async visitor(context, options) {
      const cookies = await stage.browser(context).newContext(options);
      context.onTestFinished(() => cookies.close());
      return cookies.newPage();
    },
    async outcome(email) {
      const orders = await vi.waitUntil(async () => {
        const found = await stage.db.query<Outcome["orders"][number]>(sql`
          SELECT id, status, customer_id AS "customerId",
                 (SELECT sum(quantity)::int FROM order_lines WHERE order_id = orders.id) AS pieces
          FROM orders WHERE email = ${email} ORDER BY placed_at`);
        return found.every(({ status }) => status !== "pending") && found;
      }, WAIT);
      const ids = orders.map(({ id }) => id);
      const entries = await httpLedger(stage.system.urls.gateway).entries();
      const captures = entries.filter(({ kind, orderId }) => kind === "capture" && ids.includes(orderId)).length;
      return { orders, ids, captures, statuses: orders.map(({ status }) => status.replace("shipped", "confirmed")) };
    },
  };
}
