import { idempotentProcedure, orThrow, procedureFor, router } from "@tillstream/trpc";
import { z } from "zod";
import { readShipment } from "./repository.ts";
import { receiveReturn } from "./returns.ts";

const REASON_MAX = 200;
const orderId = z.string().min(1).max(100);

/** The merchant's side: merged into `orders`. */
export const shippingRouter = router({
  shipment: procedureFor("viewer")
    .input(z.object({ orderId }))
    .query(({ ctx, input }) => readShipment(ctx.db, input.orderId)),

  receiveReturn: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        orderId,
        reason: z.string().trim().min(1, "say why it came back").max(REASON_MAX, `at most ${REASON_MAX} characters`),
      }),
    )
    .mutation(async ({ ctx, input }) => orThrow(await receiveReturn(ctx, input))),
});
