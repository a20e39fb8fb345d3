/**
 * One running system for all browser tests that leave it as they found it: started when the first of them asks, stopped at the end
 * of the run. A file that kills processes, wants settings of its own or a database without history starts its own (`startSystem`).
 *
 * Files share its history and its stock, two at a time: each makes its own customers and orders, and looks at and waits for nothing
 * but these. What is confirmed stays so until a test calls `makeDue`. Whether everything agrees is asked once, after all of them
 * (`after-all.alone.e2e.test.ts`).
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { inject, vi } from "vitest";
import type { System } from "../testing/system.ts";

const WAIT = { timeout: 30_000, interval: 100 };

declare module "vitest" {
  interface ProvidedContext {
    /** Of the browser tests only. */
    sharedSystemUrl: string | undefined;
  }
}

export type SharedSystem = Pick<System, "urls" | "databaseUrl" | "appDatabaseUrl" | "redisUrl" | "ports" | "dataDir">;

/** For `beforeAll`. The run stops it, not the file. */
export async function sharedSystem(): Promise<SharedSystem> {
  const response = await fetch(inject("sharedSystemUrl") ?? "");
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return JSON.parse(body) as SharedSystem; // our own host wrote it
}

/** Lets the order leave as soon as it is confirmed. */
export async function makeDue(db: SqlExecutor, orderId: string): Promise<void> {
  await vi.waitUntil(async () => {
    const due = await db.query(sql`UPDATE shipments SET due_at = now() WHERE order_id = ${orderId} RETURNING order_id`);
    return due.length > 0;
  }, WAIT);
}

/** Waits until this has become of the order. */
export async function becomes(
  db: SqlExecutor,
  orderId: string,
  status: "confirmed" | "shipped" | "cancelled",
): Promise<void> {
  await vi.waitUntil(async () => {
    const rows = await db.query(sql`SELECT FROM orders WHERE id = ${orderId} AND status = ${status}`);
    return rows.length > 0;
  }, WAIT);
}
