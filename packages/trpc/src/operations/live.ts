/** Tells an open page of the console when there is something new to ask for. */
import { readPulse } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import { nothing } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";

const LOOK_MS = 1_000;

export const liveRouter = router({
  /** When something that the console shows was seen to have changed, in milliseconds since 1970; the first at once. */
  watch: procedureFor("viewer")
    .input(nothing)
    .subscription(async function* ({ ctx, signal = new AbortController().signal }) {
      let seen: string | undefined;
      while (!signal.aborted) {
        const pulse = await readPulse(ctx.db);
        if (pulse !== seen) yield { changedAt: ctx.clock.now().getTime() };
        seen = pulse;
        await systemScheduler.sleep(LOOK_MS, signal);
      }
    }),
});
