/** The outbox: its backlog and who relays it, and the rows that could not be published. */
import { outboxStatus, setAsideRows } from "@tillstream/eventing";
import { nothing } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";

/** The oldest of the rows set aside; their number is in the status. */
const SET_ASIDE_MAX = 50;

export const outboxRouter = router({
  status: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => {
      const { lease, ...status } = await outboxStatus(ctx.db);
      return { ...status, lease: lease && { ...lease, expiresAt: lease.expiresAt.toISOString() } };
    }),

  /** Rows that could not be published, the oldest first, each with its latest error. */
  setAside: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => {
      const rows = await setAsideRows(ctx.db, SET_ASIDE_MAX);
      return rows.map(({ writtenAt, nextAttemptAt, ...row }) => ({
        ...row,
        writtenAt: writtenAt.toISOString(),
        nextAttemptAt: nextAttemptAt.toISOString(),
      }));
    }),
});
