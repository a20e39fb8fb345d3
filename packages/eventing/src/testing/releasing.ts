/** A consumer whose streams are blocked, and releases that are stepped by hand, for the kernel's own tests. */
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect } from "vitest";
import { releaseDue } from "../delivery/release.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { EventRetryPolicy } from "../subscription/retry-policy.ts";
import { Added } from "./counter.ts";
import { effect } from "./effects.ts";

export const AT_ONCE: EventRetryPolicy = { attempts: 3, backoffMs: 0, factor: 1, backoffMsMax: 0 };
export const ONCE: EventRetryPolicy = { ...AT_ONCE, attempts: 1 };

/** Writes down every effect in order; fails while `fails` says so. */
export function consumerThat(fails: (eventId: string, by: number) => boolean, retry = ONCE): Consumer {
  return defineConsumer(
    "ledger",
    [
      on(Added, async (tx, event) => {
        await tx.query(effect(event.eventId, event.data.by));
        if (fails(event.eventId, event.data.by)) throw new Error(`cannot take ${event.eventId}`);
      }),
    ],
    { retry },
  );
}

/** One look for what is due; returns how many dead letters were retried. */
export const release = (db: Database, subscription: Subscription): Promise<number> =>
  releaseDue({
    db,
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    signal: new AbortController().signal,
    subscriptions: [subscription],
  });

export async function untilNothingIsDue(db: Database, subscription: Subscription): Promise<void> {
  while ((await release(db, subscription)) > 0);
}

/** The id of the event's dead letter. */
export async function deadLetterOf(db: Database, eventId: string): Promise<number> {
  const rows = await db.query<{ id: number }>(sql`SELECT id FROM dead_letters WHERE event_id = ${eventId}`);
  return rows[0]?.id ?? expect.fail(`no dead letter for ${eventId}`);
}
