/** The typed client: queries batched, commands one by one with their key, live updates over SSE. */
import type { QueryClientConfig } from "@tanstack/react-query";
import type { AnyRouter } from "@trpc/server";
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { TRPCClient, TRPCLink } from "@trpc/client";

/** A full cart of 100 lines is about 7 kB; servers take 16. */
const URL_LENGTH_MAX = 12_000;

/** TanStack's infinite queries send the direction in which they read; our lists have one, and refuse what they do not know. */
const withoutDirection: TRPCLink<AnyRouter> =
  () =>
  ({ op, next }) => {
    const { direction: _, ...input } = (op.input ?? {}) as Record<string, unknown>; // inputs of ours are objects
    return next(op.type === "query" && op.input !== undefined ? { ...op, input } : op);
  };

/** The key of one command: made when the form is opened, so that a double click or a reload repeats it. */
export interface CommandOptions {
  readonly idempotencyKey?: string;
}

export function createClient<Router extends AnyRouter>(origin = ""): TRPCClient<Router> {
  const url = `${origin}/api/trpc`;
  return createTRPCClient<Router>({
    links: [
      withoutDirection as never, // typed by any router; this one is open
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url } as never), // the transformer option is typed by the router, which is open here; ours has none
        false: splitLink({
          condition: (operation) => operation.type === "mutation",
          true: httpLink({
            url,
            headers({ op }: { op: { context: unknown } }) {
              const { idempotencyKey } = op.context as CommandOptions;
              return idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
            },
          } as never),
          false: httpBatchLink({ url, maxURLLength: URL_LENGTH_MAX } as never),
        }),
      }),
    ],
  });
}

/** Refusals are answers, not faults: only what may pass by itself is asked again. */
export const queryClientConfig: QueryClientConfig = {
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 3 && !isRefusal(error),
    },
  },
};

function isRefusal(error: unknown): boolean {
  const status = (error as { data?: { httpStatus?: unknown } | null }).data?.httpStatus;
  return typeof status === "number" && status >= 400 && status < 500;
}
