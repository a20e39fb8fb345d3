"use client";
/** The shop router as the browser's components see it, and the shapes of what it answers. */
import type { ShopRouter } from "@tillstream/commerce";
import type { inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<ShopRouter>();

export type Outputs = inferRouterOutputs<ShopRouter>;
