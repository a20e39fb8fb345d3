import type { Outputs } from "../console/trpc.ts";

export type CustomerDetail = Outputs["customers"]["byId"];
