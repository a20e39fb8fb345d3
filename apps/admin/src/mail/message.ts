import type { Outputs } from "../console/trpc.ts";

export type Message = Outputs["mail"]["list"]["items"][number];
