/**
 * The newest events of the global order in memory, read once for all subscriptions of a process: those that keep up need no
 * statement to see what comes next. Positions become visible in order and without a gap, so that a plain position says
 * what is known.
 */
import { AT_ONCE, literal, sql } from "@tillstream/runtime";
import type { Loop, SqlExecutor, WakeUp } from "@tillstream/runtime";
import { EVENT_COLUMNS, toTailEvent } from "../store/read.ts";
import type { TailEvent, TailRow } from "../store/read.ts";

const READ_MAX = 500;

export interface LogTail {
  /** The events after a position, at most `limit`; undefined where they are not all in memory. */
  after(position: number, limit: number): readonly TailEvent[] | undefined;
  /** Takes events that have just been published; where they do not continue what is known, they are read. */
  take(events: readonly TailEvent[]): void;
  /** Forgets everything, since the database no longer knows all of it: a standby took over that was a little behind. */
  forget(): void;
  /** Reads what is published by other processes. */
  readonly loop: Loop;
}

export interface LogTailOptions {
  /** Events kept. */
  readonly size: number;
  /** From one look for new events to the next, when every hint was lost. */
  readonly pollMs: number;
  readonly wakeUp: WakeUp;
  /** Called with the types of new events, each once. */
  readonly onEvents: (types: readonly string[]) => void;
}

export function createLogTail({ size, pollMs, wakeUp, onEvents }: LogTailOptions): LogTail {
  let events: readonly TailEvent[] = [];
  /** The position before the first of them; undefined until the first look. */
  let from: number | undefined;
  const head = () => events.at(-1)?.position ?? from ?? 0;

  function add(read: readonly TailEvent[]): void {
    const added = read.filter(({ position }) => position > head());
    if (added.length === 0) return;
    const all = [...events, ...added];
    events = all.slice(-size);
    from = all.at(-size - 1)?.position ?? from;
    onEvents([...new Set(added.map(({ type }) => type))]);
  }

  function forget(): void {
    events = [];
    from = undefined;
  }

  async function turn({ db }: { readonly db: SqlExecutor }): Promise<number> {
    from ??= await headPosition(db);
    const last = events.at(-1);
    // From the last one that is known, to see that it is still there.
    const read = await readTail(db, last === undefined ? head() : last.position - 1);
    if (last !== undefined && read[0]?.eventId !== last.eventId) {
      forget();
      return AT_ONCE;
    }
    add(read);
    return read.length === READ_MAX ? AT_ONCE : pollMs;
  }

  return {
    after(position, limit) {
      if (from === undefined || position < from) return undefined;
      const first = events.findLastIndex((event) => event.position <= position) + 1;
      return events.slice(first, first + limit);
    },
    take(published) {
      const known = new Map(events.map(({ position, eventId }) => [position, eventId]));
      if (published.some(({ position, eventId }) => (known.get(position) ?? eventId) !== eventId)) forget();
      const next = published.filter(({ position }) => position > head());
      const continues = next.every(({ position }, index) => position === head() + 1 + index);
      if (from !== undefined && published.length > 0 && continues) add(next);
      else wakeUp.notify();
    },
    forget,
    loop: { name: "log tail", intervalMs: pollMs, wakeUp, turn },
  };
}

async function headPosition(db: SqlExecutor): Promise<number> {
  const rows = await db.query<{ position: number }>(sql`SELECT position FROM event_log_head`);
  return rows[0]?.position ?? 0;
}

async function readTail(db: SqlExecutor, after: number): Promise<TailEvent[]> {
  const rows = await db.query<TailRow>(sql`
    SELECT log.position, hashtext(log.stream_id) AS "streamHash", ${EVENT_COLUMNS}
    FROM (SELECT position, event_id, stream_id FROM event_log WHERE position > ${after} ORDER BY position LIMIT ${literal(READ_MAX)}) log
    -- Row by row, and no join that the planner might turn into a read of the whole history.
    JOIN LATERAL (SELECT ${EVENT_COLUMNS} FROM events event WHERE event.event_id = log.event_id OFFSET 0) event ON true
    ORDER BY log.position`);
  return rows.map(toTailEvent);
}
