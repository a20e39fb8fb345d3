/** What the ledger holds: a record for each charge, declined ones too, and for each refund. */
import { z } from "zod";

export const chargeRecord = z.object({
  type: z.literal("charge"),
  id: z.string(),
  orderId: z.string(),
  amount: z.int(),
  currency: z.string(),
  idempotencyKey: z.string(),
  fingerprint: z.string(),
  decline: z.object({ code: z.string(), message: z.string() }).optional(),
  at: z.string(),
});
export const refundRecord = z.object({
  type: z.literal("refund"),
  id: z.string(),
  chargeId: z.string(),
  orderId: z.string(),
  amount: z.int(),
  currency: z.string(),
  idempotencyKey: z.string(),
  fingerprint: z.string(),
  at: z.string(),
});
export const ledgerRecord = z.discriminatedUnion("type", [chargeRecord, refundRecord]);

export type ChargeRecord = z.infer<typeof chargeRecord>;
export type RefundRecord = z.infer<typeof refundRecord>;
export type LedgerRecord = z.infer<typeof ledgerRecord>;

/** One movement of money, as `GET /ledger` shows it. Declined charges moved none. */
export interface LedgerEntry {
  readonly id: string;
  readonly kind: "capture" | "refund";
  readonly chargeId?: string;
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
}

export function kindOf(record: LedgerRecord): "capture" | "decline" | "refund" {
  if (record.type === "refund") return "refund";
  return record.decline ? "decline" : "capture";
}

/** @param record a capture or a refund */
export function entryOf(record: LedgerRecord): LedgerEntry {
  const { id, orderId, amount, currency, at } = record;
  if (record.type === "refund") return { id, kind: "refund", chargeId: record.chargeId, orderId, amount, currency, at };
  return { id, kind: "capture", orderId, amount, currency, at };
}
