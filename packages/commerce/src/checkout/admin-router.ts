import { audited, idempotentProcedure, procedureFor, router } from "@tillstream/trpc";
import { explanation, identifier, version } from "@tillstream/trpc/input";
import { z } from "zod";
import { correctAddress, correctionState, withoutRecipient } from "./correct-address.ts";
import { shippingAddress } from "./shipping-address.ts";

const REASON_MAX = 200;
const orderId = identifier(100);

/** The merchant's side: merged into `orders`. */
export const adminCheckoutRouter = router({
  /** Until the parcel has its label. By the rules of the checkout. */
  correctAddress: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        orderId,
        shippingAddress,
        reason: explanation(REASON_MAX, "enter why it is corrected"),
        /** The order's `addressVersion` that the page showed: at another one nothing is changed. */
        expectedVersion: version.optional(),
      }),
    )
    .mutation(
      audited({
        redact: async (db, input) => ({ ...input, reason: await withoutRecipient(db, input) }),
        about: (input) => ({ subject: input.orderId, reason: input.reason }),
        state: correctionState,
        work: correctAddress,
      }),
    ),
});
