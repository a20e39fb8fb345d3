/** Limits on what may be done how often, as refusals of procedures. */
import { takeWithin } from "@tillstream/db";
import type { RateLimit } from "@tillstream/db";
import { limited } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Services } from "./context.ts";

interface Store extends Pick<Services, "cache"> {
  readonly db: SqlExecutor;
}

/** Takes one for `subject`, and throws `RATE_LIMITED` with the time to wait when there is none left. */
export async function assertWithinLimit(store: Store, limit: RateLimit, subject: string): Promise<void> {
  const waitMs = await takeWithin(store.cache, store.db, limit, subject);
  if (waitMs > 0) throw limited(waitMs);
}

/** Gives back what was taken for something that need not be limited after all. */
export async function giveBack(store: Store, limit: RateLimit, subject: string): Promise<void> {
  await takeWithin(store.cache, store.db, limit, subject, -1);
}
