/** The typed client: queries batched, commands one by one with their key, live updates over SSE. */
import type { AnyRouter } from "@trpc/server";
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { TRPCClient, TRPCLink } from "@trpc/client";
import { BATCH_CALLS_MAX } from "./batch.ts";
import type { CommandContext } from "./commands/command.ts";
import { AS_HEADER } from "./spoken-for.ts";

/** A full cart of 100 lines is about 7 kB; servers take 16. */
const URL_LENGTH_MAX = 12_000;

/** TanStack's infinite queries send the direction in which they read; our lists have one, and refuse what they do not know. */
const withoutDirection: TRPCLink<AnyRouter> =
  () =>
  ({ op, next }) => {
    const { direction: _, ...input } = (op.input ?? {}) as Record<string, unknown>; // inputs of ours are objects
    return next(op.type === "query" && op.input !== undefined ? { ...op, input } : op);
  };

/** The context of a query that may cost, which no link may send. */
export const BY_POST = { byPost: true };

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface ClientOptions {
  /** Where the router is; without it, where the page came from. */
  readonly origin?: string;
  readonly fetch?: Fetch;
}

export function createClient<Router extends AnyRouter>(options: ClientOptions = {}): TRPCClient<Router> {
  const { origin = "", fetch } = options;
  const url = `${origin}/api/trpc`;
  const ofHttp = { url, ...(fetch && { fetch }) };
  return createTRPCClient<Router>({
    links: [
      withoutDirection as never, // typed by any router; this one is open
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url } as never), // the transformer option is typed by the router, which is open here; ours has none
        false: splitLink({
          condition: (operation) => operation.type === "mutation",
          true: httpLink({
            ...ofHttp,
            headers: ({ op }: { op: { context: unknown } }) => commandHeaders(op.context as Partial<CommandContext>), // set by `createCommand`
          } as never),
          false: splitLink({
            condition: ({ context }) => context["byPost"] === true,
            true: httpLink({ ...ofHttp, methodOverride: "POST" } as never),
            false: httpBatchLink({ ...ofHttp, maxURLLength: URL_LENGTH_MAX, maxItems: BATCH_CALLS_MAX } as never),
          }),
        }),
      }),
    ],
  });
}

function commandHeaders({ idempotencyKey, as }: Partial<CommandContext>): Record<string, string> {
  return {
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    ...(as !== undefined && { [AS_HEADER]: as }),
  };
}

/** Refusals are answers, not faults: only what may pass by itself is asked again. */
export const queryClientConfig = {
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures: number, error: unknown) => failures < 3 && !isRefusal(error),
    },
  },
};

function isRefusal(error: unknown): boolean {
  const status = (error as { data?: { httpStatus?: unknown } | null }).data?.httpStatus;
  return typeof status === "number" && status >= 400 && status < 500;
}
