/** What the money endpoints accept. Unknown fields are dropped, so that nothing else can reach the ledger. */
import { z } from "zod";
import { tokenSchema } from "./tokens.ts";

const AMOUNT_MAX = 1_000_000_000_000;

const amount = z.int("an integer number of minor units").positive("greater than 0").max(AMOUNT_MAX);
const idempotencyKey = z.string().regex(/^[\x20-\x7e]{1,255}$/, "1 to 255 printable characters");

export const chargeRequest = z.object({
  amount,
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as USD"),
  token: tokenSchema,
  orderId: z.string().min(1).max(255),
  idempotencyKey,
});
export type ChargeRequest = z.infer<typeof chargeRequest>;

export const refundRequest = z.object({ chargeId: z.string().min(1).max(255), amount, idempotencyKey });
export type RefundRequest = z.infer<typeof refundRequest>;

export const chargeQuery = z.object({ idempotencyKey });
