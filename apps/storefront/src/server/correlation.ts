/** The id under which everything that one page request did can be found in the logs. */
import { headers } from "next/headers";
import { cache } from "react";
import { server } from "./services.ts";

/** The proxy puts it on each page request; the HTTP edge of the router uses the same header. */
export const correlationHeader = "x-correlation-id";

const WELL_FORMED = /^[\w-]{1,64}$/;

/** What was sent, if it is fit for a log; else a new one. */
export function correlationIdFrom(sent: string | null): string {
  return sent !== null && WELL_FORMED.test(sent) ? sent : server().services.ids.next();
}

export const correlationId = cache(async () => correlationIdFrom((await headers()).get(correlationHeader)));
