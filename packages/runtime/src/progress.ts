/**
 * Whether the loops of a process get on. Each is watched by what it asks of the database: a loop whose questions are answered, or
 * refused, goes round; one that waits for an answer that does not come stands.
 */
import type { Database, SqlExecutor } from "./sql.ts";

export interface Progress {
  /** The same database for one loop, whose answers count as its progress. */
  watch(loop: string, db: Database): Database;
  /** The loops that nothing came back to for so long. For loops that ask at least that often, also when idle. */
  quietFor(ms: number): string[];
}

/** @param now a clock that only goes forward, in milliseconds */
export function createProgress(now: () => number = () => performance.now()): Progress {
  const heardAt = new Map<string, number>();
  return {
    watch(loop, db) {
      heardAt.set(loop, now());
      const heard = <Result>(asked: Promise<Result>): Promise<Result> =>
        asked.finally(() => void heardAt.set(loop, now()));
      const executor = (inner: SqlExecutor): SqlExecutor => ({
        query: (statement, options) => heard(inner.query(statement, options)),
      });
      return {
        ...executor(db),
        transaction: (work) => heard(db.transaction((tx) => work(executor(tx)))),
      };
    },
    quietFor: (ms) => [...heardAt].filter(([, at]) => now() - at > ms).map(([loop]) => loop),
  };
}
