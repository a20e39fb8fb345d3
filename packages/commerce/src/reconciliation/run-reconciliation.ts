/** The worker's loop over reconciliation runs: one each interval, and those that an operator asks for. */
import type { IdGenerator, Loop } from "@tillstream/runtime";
import { carryOut } from "./reconcile.ts";
import { isRunDue, scheduleRun, takeRun } from "./runs.ts";
import type { Reconciler } from "./settle-charge.ts";

/** How long an operator waits for a run to begin. */
const POLL_MS = 1_000;

/** Several may run at a time. @param intervalMs from one run to the next */
export const reconciliation = (books: Omit<Reconciler, "db">, ids: IdGenerator, intervalMs: number): Loop => ({
  name: "reconciliation",
  intervalMs: POLL_MS,
  due: isRunDue(intervalMs),
  async turn(ports) {
    await scheduleRun(ports.db, ids.next(), intervalMs);
    const run = await takeRun(ports.db);
    if (run !== undefined) await carryOut({ ...ports, ...books }, run);
  },
});
