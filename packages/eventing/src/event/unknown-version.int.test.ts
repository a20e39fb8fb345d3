/** What becomes of an event that a newer deployment wrote, as long as this one runs. */
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { appendEvents } from "../store/append.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { defineProjection } from "../subscription/projection.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { publish, publishAll, stepper } from "../testing/subscribing.ts";

it("an event of an unknown newer version is blocked, never misread; its stream waits and the others go on", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const seen: unknown[] = [];
  const consumer = defineConsumer("readers", [on(Added, (_, event) => void seen.push([event.eventId, event.data]))]);
  const projection = defineProjection<number, readonly [typeof Added]>({
    name: "sums",
    definitions: [Added],
    tables: [],
    key: (event) => event.streamId,
    project: (sum = 0, event) => sum + event.data.by,
    load: async () => new Map(),
    store: async (_, views) => void seen.push(...views),
  });
  await publish(database, ["b"]);
  await appendEvents(database, {
    streamId: "a",
    streamType: "counter",
    expectedVersion: "new",
    // As readable as v1 to a reader that does not look at the version: here `by` might be in other units.
    events: [{ type: "Added", schemaVersion: 2, data: { by: 100 } }, Added.create({ by: 1 })],
    metadata: testMetadata,
  });
  await publishAll(database);
  await publish(database, ["c"]);
  for (const subscription of [consumer, projection]) {
    seen.length = 0;
    const step = stepper(database, subscription);
    while ((await step()).passed > 0);
    expect(JSON.stringify(seen)).not.toContain("100");
    expect(JSON.stringify(seen)).toMatch(/"b.*"c/);
    const letters = await database.query(sql`
      SELECT event_id, status, error FROM dead_letters WHERE consumer = ${subscription.name} ORDER BY event_id`);
    expect(letters).toMatchObject([
      {
        event_id: "a:1",
        status: "retrying",
        error: expect.stringContaining("Added v2 is not known here; the latest is v1"),
      },
      { event_id: "a:2", status: "waiting" },
    ]);
  }
});
