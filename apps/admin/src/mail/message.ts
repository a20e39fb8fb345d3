import type { Outputs } from "../console/trpc.ts";

export type Message = Outputs["mail"]["list"]["items"][number];

/** Of a mail that the server did not take. */
export const deliveryOf = ({ isGivenUp }: Message): string => (isGivenUp ? "Not delivered" : "Not delivered yet");
