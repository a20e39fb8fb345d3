"use client";
/** What every island of the page may ask for: the router, the cache of its answers, links. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ShopRouter } from "@tillstream/commerce";
import { createClient, queryClientConfig } from "@tillstream/trpc/client";
import { LinkProvider, Toaster } from "@tillstream/ui";
import NextLink from "next/link";
import { useState, type ReactNode } from "react";
import { TRPCProvider } from "./trpc.ts";

export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => new QueryClient(queryClientConfig));
  const [trpcClient] = useState(() => createClient<ShopRouter>());
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <LinkProvider component={NextLink}>
          {children}
          <Toaster />
        </LinkProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
