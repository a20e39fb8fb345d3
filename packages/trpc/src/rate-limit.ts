/**
 * Limits on what may be asked how often, counted in windows of fixed length. The counters are in the cache: without Redis
 * each process counts for itself, so that nobody is locked out, and nobody is let through without end.
 */
import { createHash } from "node:crypto";
import { refuse } from "@tillstream/eventing";
import type { Context } from "./context.ts";
import { toTrpcError } from "./errors.ts";

export interface RateLimit {
  /** What is counted, such as `orders.find/address`. */
  readonly name: string;
  readonly max: number;
  readonly windowSeconds: number;
}

/** Counts one more of `subject`, and throws `RATE_LIMITED` with the time to wait when that is one too many. */
export async function assertWithinLimit(
  { cache, clock }: Pick<Context, "cache" | "clock">,
  { name, max, windowSeconds }: RateLimit,
  subject: string,
): Promise<void> {
  const nowSeconds = clock.now().getTime() / 1_000;
  const window = Math.floor(nowSeconds / windowSeconds);
  // Addresses of people do not belong in a cache.
  const digest = createHash("sha256").update(subject).digest("base64url");
  const count = await cache.increment(`limit:${name}:${window}:${digest}`, windowSeconds);
  if (count <= max) return;
  const retryAfterSeconds = Math.ceil((window + 1) * windowSeconds - nowSeconds);
  throw toTrpcError(
    refuse("limited", "RATE_LIMITED", `That was tried too often. Try again in ${wait(retryAfterSeconds)}.`, {
      retryAfterSeconds,
    }),
  );
}

function wait(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
