import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, vi } from "vitest";

/** Resolves when a transaction of this database waits for another one's lock. */
export async function untilSomebodyWaitsForALock(db: Database): Promise<void> {
  await vi.waitFor(async () => {
    const waiting = await db.query(sql`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    expect(waiting.length).toBe(1);
  });
}
