/** Asks a page's queries in process before it renders, so that the first HTML already has the data. */
import { adminRouter } from "@tillstream/commerce";
import { createContext } from "@tillstream/trpc";
import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { server, sessionOf } from "./services.ts";

function proxyFor(queryClient: QueryClient) {
  return createTRPCOptionsProxy({
    router: adminRouter,
    ctx: async () => createContext(server().services, sessionOf, await headers(), server().services.ids.next()),
    queryClient,
  });
}

export type ServerTrpc = ReturnType<typeof proxyFor>;

interface PrefetchedProps {
  /** Starts the queries that the page shows; the same options as in the browser, or they will not be found. */
  ask(client: QueryClient, trpc: ServerTrpc): readonly Promise<unknown>[];
  children: ReactNode;
}

/** A query that fails here is left out: the browser asks again and shows the error with its correlation id. */
export async function Prefetched({ ask, children }: PrefetchedProps) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await Promise.all(ask(queryClient, proxyFor(queryClient)));
  return <HydrationBoundary state={dehydrate(queryClient)}>{children}</HydrationBoundary>;
}
