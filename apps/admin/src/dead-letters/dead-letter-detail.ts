import type { Outputs } from "../console/trpc.ts";

export type DeadLetterDetail = Outputs["deadLetters"]["byId"];
