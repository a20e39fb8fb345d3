/**
 * What can happen to a return: parts of an order that its customer sends back. No personal data: why a line comes back is a
 * code of a list.
 */
import { defineEvent } from "@tillstream/eventing";
import { z } from "zod";

const ids = { returnId: z.string(), orderId: z.string() };
const units = { sku: z.string(), quantity: z.int().positive() };

/** The customer announces it, and prints its label. `reason`: the code of why. `to`: where they want the money. */
export const ReturnRequested = defineEvent(
  "ReturnRequested",
  z.object({
    ...ids,
    lines: z.array(z.object({ ...units, reason: z.string() })),
    to: z.enum(["card", "credit"]),
  }),
);

/** It does not come. `parcel`: the whole order came back by itself, so nothing is left of it to come. */
export const ReturnWithdrawn = defineEvent(
  "ReturnWithdrawn",
  z.object({ ...ids, by: z.enum(["customer", "merchant", "parcel"]) }),
);

/** Units of it that were refunded by another way, so that they need not come. `isAll`: nothing of it is left to come. */
export const AnnouncedUnitsRefunded = defineEvent(
  "AnnouncedUnitsRefunded",
  z.object({ ...ids, lines: z.array(z.object(units)), isAll: z.boolean() }),
);

/** What has come of it; one with `restock` is back on the shelf. `refundIds`: the refunds of its order that pay for it. */
export const ReturnedLinesReceived = defineEvent(
  "ReturnedLinesReceived",
  z.object({
    ...ids,
    lines: z.array(z.object({ ...units, restock: z.boolean() })),
    refundIds: z.array(z.string()),
  }),
);

export const returnEvents = [ReturnRequested, ReturnWithdrawn, AnnouncedUnitsRefunded, ReturnedLinesReceived] as const;
