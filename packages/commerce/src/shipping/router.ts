import { idempotentProcedure, orThrow, procedureFor, router } from "@tillstream/trpc";
import { z } from "zod";
import { receiveReturn } from "./returns.ts";

const REASON_MAX = 200;

/** The merchant's side: merged into `orders`. */
export const returnsRouter = router({
  receiveReturn: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        orderId: z.string().min(1).max(100),
        reason: z.string().trim().min(1, "say why it came back").max(REASON_MAX, `at most ${REASON_MAX} characters`),
      }),
    )
    .mutation(async ({ ctx, input }) => orThrow(await receiveReturn(ctx, input))),
});
