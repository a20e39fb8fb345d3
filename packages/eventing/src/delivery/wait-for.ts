/** Reading one's own write: waiting, within a bound, until a position is given out or a projection has passed it. */
import { sql } from "@tillstream/runtime";
import type { Scheduler, SqlExecutor } from "@tillstream/runtime";

export const WAIT_MS_MAX = 2_000;
const POLL_MS = 15;

async function poll<Value>(scheduler: Scheduler, look: () => Promise<Value | undefined>): Promise<Value | undefined> {
  for (let waited = 0; waited <= WAIT_MS_MAX; waited += POLL_MS) {
    const value = await look();
    if (value !== undefined) return value;
    await scheduler.sleep(POLL_MS);
  }
  return undefined;
}

/** The position of an event, as soon as the relay has published it; undefined when that takes too long. */
export function waitForPosition(db: SqlExecutor, scheduler: Scheduler, eventId: string): Promise<number | undefined> {
  return poll(scheduler, async () => {
    const rows = await db.query<{ position: number }>(sql`SELECT position FROM event_log WHERE event_id = ${eventId}`);
    return rows[0]?.position;
  });
}

/** Whether the projection has passed the event, within the bound: also before the relay has given it a position. */
export async function waitForEvent(
  db: SqlExecutor,
  scheduler: Scheduler,
  projection: string,
  eventId: string,
): Promise<boolean> {
  const passed = await poll(scheduler, async () => {
    const rows = await db.query(sql`
      SELECT FROM event_log log JOIN projection_checkpoints reader ON reader.position >= log.position
      WHERE log.event_id = ${eventId} AND reader.projection = ${projection}`);
    return rows.length > 0 ? true : undefined;
  });
  return passed === true;
}

/** Whether the projection has passed `position`, within the bound. */
export async function waitForProjection(
  db: SqlExecutor,
  scheduler: Scheduler,
  projection: string,
  position: number,
): Promise<boolean> {
  const passed = await poll(scheduler, async () => {
    const rows = await db.query(sql`
      SELECT FROM projection_checkpoints WHERE projection = ${projection} AND position >= ${position}`);
    return rows.length > 0 ? true : undefined;
  });
  return passed === true;
}
