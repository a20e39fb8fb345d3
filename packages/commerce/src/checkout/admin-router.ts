import { audited, idempotentProcedure, procedureFor, router } from "@tillstream/trpc";
import { explanation, identifier, version } from "@tillstream/trpc/input";
import { z } from "zod";
import { correctAddress, correctionState, withoutRecipient } from "./correct-address.ts";
import { readOrderState, withoutCustomersOf } from "../order/index.ts";
import { quoteRefund, refundLines } from "./refund-lines.ts";
import { shippingAddress } from "./shipping-address.ts";

const REASON_MAX = 200;
const LINES_MAX = 100;
const UNITS_MAX = 1_000_000;
const orderId = identifier(100);
const refundedLines = z
  .array(
    z.strictObject({
      sku: identifier(64),
      quantity: z.int("a whole number").min(1, "at least 1").max(UNITS_MAX),
    }),
  )
  .min(1, "choose at least one line")
  .max(LINES_MAX)
  .refine((lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length, {
    error: "name each line once",
    params: { rule: "unique" },
  });

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

  /** What `refundLines` would pay back for these units. */
  quoteRefund: procedureFor("viewer")
    .input(z.strictObject({ orderId, lines: refundedLines }))
    .query(({ ctx, input }) => quoteRefund(ctx.db, input)),

  /** Of a confirmed or shipped order, as long as it is neither cancelled nor returned. The money follows. */
  refundLines: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        orderId,
        lines: refundedLines,
        /** Whether the units go back on the shelf. */
        restock: z.boolean(),
        to: z.enum(["card", "credit"], "refund to card or credit"),
        reason: explanation(REASON_MAX, "enter why it is refunded"),
        /** In minor units, what the page showed as refunded in parts: at another sum nothing is refunded. */
        expectedRefunded: z.int32().min(0).optional(),
      }),
    )
    .mutation(
      audited({
        redact: async (db, input) => ({
          ...input,
          reason: await withoutCustomersOf(db, [input.orderId], input.reason),
        }),
        about: (input) => ({ subject: input.orderId, reason: input.reason }),
        state: (db, input) => readOrderState(db, input.orderId),
        work: refundLines,
      }),
    ),
});
