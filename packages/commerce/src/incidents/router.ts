/** Incidents at the console: one alert with its cause and the next safe step, and all that is wrong as the terminal tells it. */
import { refuse } from "@tillstream/eventing";
import { procedureFor, router } from "@tillstream/trpc";
import { nothing } from "@tillstream/trpc/input";
import { z } from "zod";
import { describeChecks } from "../describe-deployment.ts";
import { diagnose, readIncident } from "./diagnose.ts";

let described: ReturnType<typeof describeChecks> | undefined;
/** The same for the life of a process, as its settings are; a page asks every two seconds. */
const checks = () => (described ??= describeChecks());

export const incidentsRouter = router({
  /** Of one alert, by its id. */
  byId: procedureFor("viewer")
    .input(z.strictObject({ id: z.int().min(1) }))
    .query(async ({ ctx, input: { id } }) => {
      const found = await readIncident(ctx.db, checks(), id);
      if (found !== undefined) return found;
      throw refuse("notFound", "ALERT_NOT_FOUND", `There is no alert ${id}, or it was resolved long ago.`);
    }),

  /** Everything that is wrong now. */
  diagnose: procedureFor("viewer")
    .input(nothing)
    .query(({ ctx }) => diagnose(ctx.db, checks())),
});
