import type { Outputs } from "../console/trpc.ts";

export type LetterDetail = Outputs["deadLetters"]["byId"];
