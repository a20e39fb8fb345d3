"use client";
/** The admin router as the browser's components see it, and the shapes of what it answers. */
import type { AdminRouter } from "@tillstream/commerce";
import type { inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AdminRouter>();

export type Outputs = inferRouterOutputs<AdminRouter>;
