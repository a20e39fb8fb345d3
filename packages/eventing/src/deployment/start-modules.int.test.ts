import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { appendEvents } from "../store/append.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { defineModule } from "./module.ts";
import { createSchema, startModules } from "./start-modules.ts";

const sessions = sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;

it("what was appended through one process has its effect, whichever process relays; stopping leaves nothing open", async () => {
  await using test = await createTestDatabase({ isEmpty: true });
  const { url, database } = test;
  await createSchema(url);
  const seen: string[] = [];
  const counting = defineConsumer("counting", [on(Added, (_, { eventId }) => void seen.push(eventId))]);
  const modules = [defineModule({ name: "counter", events: [Added], consumers: () => [counting] })];
  const [one, other] = [await startModules(modules, {}, { url }), await startModules(modules, {}, { url })];
  for (const [index, { db, hintOutbox }] of [one, other].entries()) {
    const events = [Added.create({ by: 1 })];
    await appendEvents(db, {
      streamId: String(index),
      streamType: "counter",
      expectedVersion: "new",
      events,
      metadata: testMetadata,
    });
    hintOutbox();
  }
  await vi.waitFor(() => expect(seen.toSorted()).toEqual(["0:1", "1:1"]));
  await Promise.all([one.stop(), other.stop(), one.stop()]);
  await vi.waitFor(async () => expect(await database.query(sessions)).toEqual([]));
});

it("modules that share a name are refused, and nothing is left open", async () => {
  await using test = await createTestDatabase({ isEmpty: true });
  await createSchema(test.url);
  const modules = [defineModule({ name: "one" }), defineModule({ name: "one" })];
  await expect(startModules(modules, {}, { url: test.url })).rejects.toThrow("one names");
  await vi.waitFor(async () => expect(await test.database.query(sessions)).toEqual([]));
});
