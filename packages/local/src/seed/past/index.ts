/**
 * Two years of a busy shop, for lists and projections at size. Commands would take an hour for so many orders, so their outcome is
 * written by SQL: the history, and the rows that commands, consumers and saga steps keep beside it. Projections are then rebuilt from
 * the history by their own code. It is older than all that is kept for a time only: mails, inboxes, keys and carts are gone. A test
 * holds it against every invariant of `verify`.
 */
import { describeDeployment, projections } from "@tillstream/commerce";
import { rebuildSteps, registerSubscription, requestRebuild } from "@tillstream/eventing";
import { raw, sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { FIRST_ORDER, stageOrders } from "./orders.ts";
import { writeHistory } from "./history.ts";
import { writeRows } from "./rows.ts";

const REBUILD_BATCH = 2_000;
const ACTOR = "system";

export interface PastOptions {
  readonly orders: number;
  /** Store credit accounts, which pay for them. */
  readonly accounts: number;
  readonly log: (line: string) => void;
}

/** Into a database with a catalogue of which nothing was published: positions are in the order of time. Throws where there is history already. */
export async function seedPast(db: Database, { orders, accounts, log }: PastOptions): Promise<void> {
  const before = await db.query(sql`SELECT FROM event_log LIMIT 1`);
  if (before.length > 0)
    throw new Error(
      "there are events already, and two years of history cannot come after them: npm run reset -- --size l makes a new database with them",
    );
  log(`writing the history of ${orders} orders and ${accounts} accounts`);
  await db.transaction(async (tx) => {
    await tx.query(sql`SELECT set_config('synchronous_commit', 'off', true)`); // nobody else is here
    await stageOrders(tx, orders, accounts);
    await writeHistory(tx);
    await writeRows(tx);
  });
  await db.query(sql`VACUUM ANALYZE`);
  await readAll(db);
  for (const projection of projections) {
    log(`building ${projection.name}`);
    await requestRebuild(db, projections, projection.name, ACTOR);
    await Array.fromAsync(rebuildSteps(db, projection, REBUILD_BATCH));
  }
  await db.query(sql`ANALYZE`);
}

/** Whether it was seeded before. */
export async function hasPast(db: SqlExecutor): Promise<boolean> {
  return (await db.query(sql`SELECT FROM orders WHERE id = ${FIRST_ORDER}`)).length > 0;
}

/** Every subscription stands at the end of the history. */
async function readAll(db: Database): Promise<void> {
  for (const subscription of describeDeployment().subscriptions) await registerSubscription(db, subscription);
  for (const checkpoints of ["projection_checkpoints", "consumer_checkpoints", "event_version_head"])
    await db.query(sql`UPDATE ${raw(checkpoints)} SET position = (SELECT position FROM event_log_head)`);
}
