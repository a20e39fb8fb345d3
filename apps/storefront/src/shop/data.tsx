"use client";
/**
 * The router and the cache of its answers, for the page whose parts ask for figures again and again while one looks at
 * them: store credit. All others come from the server whole, and call it plainly (`shop/calls.ts`, `cart/cart-calls.ts`).
 */
import type { ShopRouter } from "@tillstream/commerce";
import { createClient, queryClientConfig } from "@tillstream/trpc/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { TRPCProvider } from "./trpc.ts";

function create() {
  return { queryClient: new QueryClient(queryClientConfig), trpcClient: createClient<ShopRouter>() };
}

let ofThisTab: ReturnType<typeof create> | undefined;

/** One for the whole tab, so that the drawer and the cart page share answers; on the server one for each request. */
function clients(): ReturnType<typeof create> {
  return typeof window === "undefined" ? create() : (ofThisTab ??= create());
}

export function ShopData({ children }: { children: ReactNode }) {
  const [{ queryClient, trpcClient }] = useState(clients);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
