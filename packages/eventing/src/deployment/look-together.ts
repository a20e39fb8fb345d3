/**
 * Loops that have nothing to do most of the time, looked at together: one statement a second asks whether each is due, in place of one
 * from each of them. A loop that is never found due, since the look fails, takes a turn now and then all the same.
 */
import { AT_ONCE, createWakeUp, join, raw, sql } from "@tillstream/runtime";
import type { Loop, LoopPorts, Sql, SqlExecutor, WakeUp } from "@tillstream/runtime";
import { isDatabaseAway } from "../postgres/sql-errors.ts";

const LOOK_MS = 1_000;
const UNDUE_MS = 30_000;

interface Looked {
  readonly due: Sql;
  readonly wakeUp: WakeUp;
}

/** The same loops, those with a `due` woken by one more that looks. */
export function lookTogether(loops: readonly Loop[], { scheduler }: Pick<LoopPorts, "scheduler">): readonly Loop[] {
  const looked: Looked[] = [];
  const woken = loops.map((loop) => {
    if (loop.due === undefined) return loop;
    // It sleeps by the ports of its turns, so that a watchdog sees it live.
    let own = scheduler;
    const wakeUp = createWakeUp({ sleep: (...time) => own.sleep(...time), every: (...work) => own.every(...work) });
    looked.push({ due: loop.due, wakeUp });
    return {
      ...loop,
      backoffMs: loop.backoffMs ?? loop.intervalMs,
      wakeUp,
      async turn(ports: LoopPorts) {
        own = ports.scheduler;
        return (await loop.turn(ports)) === AT_ONCE ? AT_ONCE : UNDUE_MS;
      },
    };
  });
  return [...woken, { name: "look", intervalMs: LOOK_MS, turn: ({ db }) => look(db, looked) }];
}

async function look(db: SqlExecutor, looked: readonly Looked[]): Promise<void> {
  if (looked.length === 0) return;
  const columns = looked.map(({ due }, index) => sql`(${due}) AS ${raw(`d${index}`)}`);
  try {
    const [row = {}] = await db.query<Record<string, boolean>>(sql`SELECT ${join(columns)}`);
    looked.forEach(({ wakeUp }, index) => row[`d${index}`] === true && wakeUp.notify());
  } catch (error) {
    // One condition that cannot be asked, or waits for a lock on its table, keeps no other loop from its work.
    if (!isDatabaseAway(error)) for (const { wakeUp } of looked) wakeUp.notify();
    throw error;
  }
}
