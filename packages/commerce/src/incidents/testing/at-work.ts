/** A shop at work, made worse in the database, and what is told of it. */
import { watchOnce } from "@tillstream/eventing";
import type { Check } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { placeOrder } from "../../checkout/index.ts";
import { describeChecks } from "../../describe-deployment.ts";
import { createTestGateway, createTestShop, orderInput } from "../../testing/index.ts";
import type { TestShop } from "../../testing/index.ts";
import { diagnose } from "../diagnose.ts";

export const checks = describeChecks();

/** What is wrong now, asked by nobody before. @param own what only one process can ask */
export async function look(db: Database, ...own: readonly Check[]) {
  await db.query(sql`UPDATE alerts SET asked_at = asked_at - interval '1 minute'`);
  await watchOnce(db, [...checks, ...own]);
  return diagnose(db, checks);
}

/** With two orders that are done and one that is under way, and a worker that has just looked. */
export async function shopAtWork(): Promise<TestShop> {
  const shop = await createTestShop();
  for (let placed = 0; placed < 2; placed += 1) await placeOrder(shop.context(), orderInput());
  await shop.settle(createTestGateway());
  await placeOrder(shop.context(), orderInput({ lines: [{ sku: "LAMP", quantity: 1 }] }));
  return shop;
}

/** The last sign of life of whatever works. */
export async function beatsAgo(db: Database, seconds: number): Promise<void> {
  const then: Sql = sql`now() - ${seconds} * interval '1 second'`;
  await db.query(sql`UPDATE projection_checkpoints SET heartbeat_at = ${then}`);
  await db.query(sql`UPDATE consumer_checkpoints SET heartbeat_at = ${then}`);
  await db.query(sql`UPDATE relay_leases SET expires_at = ${then}`);
}

/** As its watch counts what the gateway answered. */
export async function gatewayFailed(db: Database, calls: number): Promise<void> {
  await db.query(sql`
    WITH tried AS (UPDATE sagas SET status = 'running', finished_at = NULL WHERE saga_id = (SELECT min(saga_id) FROM sagas) RETURNING saga_id)
    UPDATE saga_steps SET status = 'pending', started_at = now(), finished_at = NULL FROM tried WHERE saga_steps.saga_id = tried.saga_id AND step = 'charge'`);
  await db.query(
    sql`INSERT INTO gateway_calls (at, answered, failed, last_error) VALUES (now(), 0, ${calls}, 'the gateway did not answer')`,
  );
}
