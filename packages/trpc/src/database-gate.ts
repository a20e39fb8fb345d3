/** Whether Postgres answers, for pages: while it does not, a page is a clear 503 and not a broken one. */
import { withTimeout } from "@tillstream/runtime";
import type pg from "pg";

const PROBE_TIMEOUT_MS = 1_500;
/** Requests within this time share one probe. */
const REMEMBER_MS = 250;

export interface DatabaseGate {
  isUp(): Promise<boolean>;
}

export function createDatabaseGate(pool: pg.Pool): DatabaseGate {
  let probe: Promise<boolean> = Promise.resolve(true);
  let probedAt = -Infinity;
  return {
    isUp() {
      if (performance.now() - probedAt > REMEMBER_MS) {
        probedAt = performance.now();
        probe = withTimeout(pool.query("SELECT 1"), PROBE_TIMEOUT_MS, "postgres").then(
          () => true,
          () => false,
        );
      }
      return probe;
    },
  };
}
