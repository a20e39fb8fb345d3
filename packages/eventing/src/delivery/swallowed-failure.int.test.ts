import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { Added } from "../testing/counter.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";

it("an event whose handler swallows a failed statement is blocked; the others of its partition go on", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "bad", "c"]);
  const consumer = defineConsumer(
    "effects",
    [
      on(Added, async (tx, { streamId }) => {
        await tx.query(effect(streamId));
        if (streamId === "bad") await tx.query(sql`SELECT 1 / 0`).catch(() => undefined);
      }),
    ],
    { partitions: 1 },
  );
  const step = stepper(database, consumer);
  await step();
  await step();
  expect(await effectsIn(database)).toEqual({ a: 1, c: 1 });
  expect(await database.query(sql`SELECT stream_id, error FROM dead_letters`)).toEqual([
    { stream_id: "bad", error: expect.stringContaining("division by zero") },
  ]);
});
