import type { Outputs } from "../console/trpc.ts";

export type EventDetail = Outputs["events"]["byId"];
