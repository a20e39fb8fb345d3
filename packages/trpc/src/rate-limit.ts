/** Limits on what may be done how often, as refusals of procedures. */
import { takeWithin } from "@tillstream/db";
import type { RateLimit } from "@tillstream/db";
import { refuse } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import type { Services } from "./context.ts";
import { toTrpcError } from "./errors.ts";

type Store = Pick<Services, "cache" | "reads">;

/** Takes one for `subject`, and throws `RATE_LIMITED` with the time to wait when there is none left. */
export async function assertWithinLimit(store: Store, limit: RateLimit, subject: string): Promise<void> {
  const refusal = await refusalByLimit(store, limit, subject);
  if (refusal !== undefined) throw toTrpcError(refusal);
}

/** Takes one for `subject`; a refusal when there is none left. */
export async function refusalByLimit(store: Store, limit: RateLimit, subject: string): Promise<Refusal | undefined> {
  const waitMs = await takeWithin(store.cache, store.reads, limit, subject);
  return waitMs <= 0 ? undefined : limited(waitMs);
}

/** Gives back what was taken for something that need not be limited after all. */
export async function giveBack(store: Store, limit: RateLimit, subject: string): Promise<void> {
  await takeWithin(store.cache, store.reads, limit, subject, -1);
}

export function limited(waitMs: number): Refusal {
  const retryAfterSeconds = Math.max(Math.ceil(waitMs / 1_000), 1);
  const message = `That was tried too often. Try again in ${waiting(retryAfterSeconds)}.`;
  return refuse("limited", "RATE_LIMITED", message, { retryAfterSeconds });
}

function waiting(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "a second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
