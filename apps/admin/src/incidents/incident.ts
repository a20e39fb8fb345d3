import type { Outputs } from "../console/trpc.ts";

/** An alert as it is looked into. */
export type Incident = Outputs["incidents"]["byId"];
