import type { Outputs } from "../console/trpc.ts";

export type Item = Outputs["stock"]["bySku"];
export type LedgerEntry = Outputs["stock"]["ledger"]["items"][number];
