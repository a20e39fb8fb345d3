/** The outbox: its backlog and who relays it, and the rows that could not be published. */
import { outboxStatus, quarantinedRows } from "@tillstream/eventing";
import { nothing } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";

/** The oldest of the quarantined rows; their number is in the status. */
const QUARANTINED_MAX = 50;

export const outboxRouter = router({
  status: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => {
      const { lease, ...status } = await outboxStatus(ctx.db);
      return { ...status, lease: lease && { ...lease, expiresAt: lease.expiresAt.toISOString() } };
    }),

  /** Quarantined rows, the oldest first, each with its latest error. Under the name that was published. */
  setAside: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => {
      const rows = await quarantinedRows(ctx.db, QUARANTINED_MAX);
      return rows.map(({ writtenAt, nextAttemptAt, ...row }) => ({
        ...row,
        writtenAt: writtenAt.toISOString(),
        nextAttemptAt: nextAttemptAt.toISOString(),
      }));
    }),
});
