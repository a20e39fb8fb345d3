/** The workers: which there are, what each runs and holds; drain, resume. */
import { drainWorker, listWorkers, resumeWorker, workerState } from "@tillstream/eventing";
import type { Worker } from "@tillstream/eventing";
import { z } from "zod";
import { audited } from "../audited.ts";
import { identifier, nothing, reason } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";

const worker = identifier();

function shown({ startedAt, heartbeatAt, drainedBy, drainReason, drainAskedAt, drainedAt, ...rest }: Worker) {
  return {
    ...rest,
    startedAt: startedAt.toISOString(),
    heartbeatAt: heartbeatAt.toISOString(),
    /** Null while it is not drained; `doneAt` is null while it has something in hand. */
    drain:
      drainedBy === null || drainReason === null || drainAskedAt === null
        ? null
        : {
            by: drainedBy,
            reason: drainReason,
            since: drainAskedAt.toISOString(),
            doneAt: drainedAt?.toISOString() ?? null,
          },
  };
}

export const workersRouter = router({
  list: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => (await listWorkers(ctx.db)).map(shown)),

  /** It finishes what it has in hand and takes nothing more. Refused for one that alone runs something, unless `last` is true. */
  drain: procedureFor("operator")
    .input(z.strictObject({ worker, reason, last: z.boolean().default(false) }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.worker, reason: input.reason }),
        state: (db, input) => workerState(db, input.worker),
        work: async (ctx, input) => {
          await drainWorker(ctx.db, { ...input, by: ctx.user.name });
          return { worker: input.worker };
        },
      }),
    ),

  resume: procedureFor("operator")
    .input(z.strictObject({ worker, reason }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.worker, reason: input.reason }),
        state: (db, input) => workerState(db, input.worker),
        work: async (ctx, input) => {
          await resumeWorker(ctx.db, input.worker);
          return { worker: input.worker };
        },
      }),
    ),
});
