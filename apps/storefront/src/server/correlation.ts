/** The id under which everything that one page request did can be found in the logs. */
import { headers } from "next/headers";
import { cache } from "react";
import { server } from "./services.ts";

/** The proxy puts one of our own on each page request, whatever was sent; the HTTP edge of the router answers with the same header. */
export const correlationHeader = "x-correlation-id";

export const correlationId = cache(
  async () => (await headers()).get(correlationHeader) ?? server().services.ids.next(),
);
