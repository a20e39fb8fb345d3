"use client";
/** What every component below may ask for: the router, the cache of its answers, links, the state of the address. */
import { LinkProvider, type LinkProps } from "@tillstream/ui";
import { createClient, queryClientConfig } from "@tillstream/trpc/client";
import type { AdminRouter } from "@tillstream/commerce";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import NextLink from "next/link";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, type ReactNode } from "react";
import { failureOf } from "./failure.ts";
import { LiveProvider } from "./live.tsx";
import { ShortcutsProvider } from "./shortcuts.tsx";
import { TRPCProvider } from "./trpc.ts";

/** Tables have hundreds of links: fetching each page behind them ahead of time would only load the database. */
function ConsoleLink(props: LinkProps) {
  return <NextLink {...props} prefetch={false} />;
}

/**
 * A session that ended is noticed by the first query that is refused: sign in again and come back. Not from under a dialog in
 * which a person types: what is sent from there is refused, kept, and says the same.
 */
function onQueryError(error: Error): void {
  if (failureOf(error).code !== "UNAUTHORIZED" || document.querySelector('[role="dialog"]') !== null) return;
  const from = `${location.pathname}${location.search}`;
  location.assign(`/login?next=${encodeURIComponent(from)}`);
}

function createQueryClient(): QueryClient {
  return new QueryClient({ ...queryClientConfig, queryCache: new QueryCache({ onError: onQueryError }) });
}

export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(() => createClient<AdminRouter>());
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <NuqsAdapter>
          <LinkProvider component={ConsoleLink}>
            <ShortcutsProvider>
              <LiveProvider>{children}</LiveProvider>
            </ShortcutsProvider>
          </LinkProvider>
        </NuqsAdapter>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
