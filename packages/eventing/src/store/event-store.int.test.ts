import { createTestDatabase } from "@tillstream/db/testing";
import { acquireRelayLease } from "../outbox/lease.ts";
import { publishBatch } from "../outbox/publish-batch.ts";
import { describeEventStore } from "../testing/event-store.contract.ts";
import { postgresEventStore } from "./event-store.ts";

const BATCH = 100;

describeEventStore("Postgres", async () => {
  const test = await createTestDatabase();
  return {
    store: postgresEventStore(test.database),
    async publish() {
      const lease = await acquireRelayLease(test.database, "test");
      if (lease === undefined) throw new Error("a relay is running: stop the worker first");
      while ((await publishBatch(test.database, lease, BATCH)).count > 0);
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
});
