/** The bus that needs nothing but Postgres: to publish is to give an event its position, and consumers follow positions. */
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { createBatchPublisher } from "../outbox/publish-batch.ts";
import { runSubscription } from "../delivery/runner.ts";
import type { EventBus } from "./event-bus.ts";

/** The bus without a server: consumers read the global order in Postgres. */
export function createPostgresBus(db: Database): EventBus {
  return {
    name: "postgres",
    publish: createBatchPublisher(db),
    run: runSubscription,
    async health() {
      const held = await db.query(sql`SELECT FROM relay_leases WHERE expires_at > now()`);
      return held.length > 0 ? "ok" : "no relay is running";
    },
    close: () => Promise.resolve(),
  };
}
