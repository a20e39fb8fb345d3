/** Findings in words, with the meaning each status has. */
import type { Status } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

export type Finding = Outputs["payments"]["findings"]["items"][number];
export type FindingKind = Finding["kind"];
export type ListedStatus = Finding["status"];

export const findingStatuses = ["open", "attention", "repaired", "accepted"] as const satisfies readonly ListedStatus[];
export const findingKinds = [
  "unclaimed_capture",
  "unknown_order",
  "refund_missing",
  "refund_unrecorded",
  "missing_capture",
  "amount_mismatch",
] as const satisfies readonly FindingKind[];

export const kindWord = {
  unclaimed_capture: "taken for no order",
  unknown_order: "order unknown here",
  refund_missing: "refund did not happen",
  refund_unrecorded: "given back there, not here",
  missing_capture: "paid here, not there",
  amount_mismatch: "another amount",
} as const satisfies Record<FindingKind, string>;

export const kindMeaning = {
  unclaimed_capture: "Money was taken, but it pays for no confirmed order. It is given back.",
  unknown_order: "Money was taken for an order that is not in our books. It is given back after a while.",
  refund_missing: "The order says refunded, but the gateway still has the money. It is refunded again.",
  refund_unrecorded: "The money is back, but the order did not say so. It is recorded in the order's history.",
  missing_capture: "The order is paid by card, but the gateway has no such capture. It waits for an operator.",
  amount_mismatch: "The amount or the currency at the gateway differs from the order. It waits for an operator.",
} as const satisfies Record<FindingKind, string>;

const statusOf = {
  open: "waiting",
  attention: "failed",
  repaired: "done",
  accepted: "done",
} as const satisfies Record<ListedStatus, Status>;

/** A finding that waited for an operator and is settled counts as done, too. */
export function findingState({ status, resolvedAt }: Finding): { readonly status: Status; readonly word: string } {
  if ((status === "open" || status === "attention") && resolvedAt !== null) return { status: "done", word: "resolved" };
  return { status: statusOf[status], word: status };
}

export const statusWord = {
  open: "Open",
  attention: "Attention",
  repaired: "Repaired",
  accepted: "Accepted",
} as const satisfies Record<ListedStatus, string>;

export const findingColumns = [
  "Status",
  "Difference",
  "Order",
  "Charge",
  "Amount",
  "What was done",
  "Seen",
  "Decision",
];
