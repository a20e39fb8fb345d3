/** The shop router in-process, for server components, as the visitor of this request. */
import { shopRouter } from "@tillstream/commerce";
import { createCallerFactory, createContext, refusalOf } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { correlationId } from "./correlation.ts";
import { server, sessionOf } from "./services.ts";

const createCaller = createCallerFactory(shopRouter);

const caller = cache(async () => {
  const context = await createContext(server().services, sessionOf, await headers(), await correlationId());
  return createCaller(context);
});

type Shop = Awaited<ReturnType<typeof caller>>;

/** Asked once for each request, however many components want to know. A session that cannot be read is a guest's. */
export const currentUser = cache(async (): Promise<SessionUser | null> => {
  const requestHeaders = await headers();
  return requestHeaders.has("cookie") ? sessionOf(requestHeaders).catch(() => null) : null;
});

/** Asks the router. What fails carries the correlation id as its digest, which is all that reaches the error page. */
export async function ask<Answer>(question: (shop: Shop) => Promise<Answer>): Promise<Answer> {
  try {
    return await question(await caller());
  } catch (error) {
    if (error instanceof Error) Object.assign(error, { digest: await correlationId() });
    throw error;
  }
}

/** Asks for one thing; the page is a 404 when there is none, or when it is not the visitor's to see. */
export async function askOrNotFound<Answer>(question: (shop: Shop) => Promise<Answer>): Promise<Answer> {
  try {
    return await ask(question);
  } catch (error) {
    const kind = error instanceof Error ? refusalOf(error.cause)?.kind : undefined;
    if (kind === "notFound" || kind === "invalid") notFound();
    throw error;
  }
}
