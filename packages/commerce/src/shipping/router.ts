import { idempotentProcedure, identifier, orThrow, procedureFor, router, text } from "@tillstream/trpc";
import { z } from "zod";
import { readShipment } from "./repository.ts";
import { receiveReturn } from "./returns.ts";

const REASON_MAX = 200;
const orderId = identifier(100);

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
        reason: text(REASON_MAX).trim().min(1, "say why it came back"),
      }),
    )
    .mutation(async ({ ctx, input }) => orThrow(await receiveReturn(ctx, input))),
});
