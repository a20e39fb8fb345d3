import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createEventCatalogue } from "../event/catalogue.ts";
import { counterEvents } from "../testing/counter.ts";
import { createDatabaseWithEffects, effectsIn } from "../testing/effects.ts";
import { consumerThat, deadLetterOf, release, untilNothingIsDue } from "../testing/releasing.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { discardDeadLetter, editAndRetry } from "../dead-letters/resolve.ts";
import { releases } from "./release.ts";
import { deadLetterById, listDeadLetters } from "../dead-letters/queries.ts";
import { requestRetry } from "../dead-letters/retries.ts";

const ACTOR = { actor: "user:op", reason: "fixed" };
const catalogue = createEventCatalogue(counterEvents);

const order = async (db: Database) =>
  (await db.query<{ name: string }>(sql`SELECT name FROM effects ORDER BY id`)).map(({ name }) => name);

it("a discarded event takes no effect, what waited behind it follows, and who did it is written down", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "a"]);
  const consumer = consumerThat((eventId) => eventId === "a:1");
  await stepper(database, consumer)();
  const id = await deadLetterOf(database, "a:1");
  expect(await discardDeadLetter(database, id, { actor: "user:op", reason: "a test order" })).toBeUndefined();
  // Due at once: a deployment takes up streams without a head now and then only.
  const { due = sql`false` } = releases({ subscriptions: [consumer] });
  expect(await database.query(sql`SELECT ${due} AS due`)).toEqual([{ due: true }]);
  await untilNothingIsDue(database, consumer);
  expect(await order(database)).toEqual(["a:2"]);
  const letter = await deadLetterById(database, id);
  expect(letter).toMatchObject({
    status: "discarded",
    actions: [{ action: "discard", actor: "user:op", reason: "a test order" }],
  });
  await expect(discardDeadLetter(database, id, ACTOR)).rejects.toMatchObject({ code: "DEAD_LETTER_OVER" });
  await database.query(sql`UPDATE consumer_checkpoints SET position = 0`);
  await stepper(database, consumer)();
  expect(await order(database)).toEqual(["a:2"]);
});

it("an edited copy is delivered, the event stays as it was, and both are in the trace", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"], 13);
  const consumer = consumerThat((_, by) => by === 13);
  await stepper(database, consumer)();
  const id = await deadLetterOf(database, "a:1");
  await expect(editAndRetry(database, catalogue, id, { ...ACTOR, data: { by: "many" } })).rejects.toMatchObject({
    code: "INVALID_EVENT_DATA",
    fields: [{ field: "data.by" }],
  });
  expect(await editAndRetry(database, catalogue, id, { ...ACTOR, data: { by: 12 } })).toBeUndefined();
  await untilNothingIsDue(database, consumer);
  expect(await effectsIn(database)).toEqual({ "a:1": 12 });
  expect(await database.query(sql`SELECT data FROM events`)).toEqual([{ data: { by: 13 } }]);
  expect(await deadLetterById(database, id)).toMatchObject({
    status: "resolved",
    actions: [{ action: "edit", detail: { before: { by: 13 }, after: { by: 12 } } }],
  });
});

it("edited events that wait behind a parked one keep no release of another stream waiting, and are delivered in their turn", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const streams = Array.from({ length: 8 }, (_, index) => `s${index}`);
  await publish(database, [...streams, ...streams, "other"]);
  let broken = true;
  const consumer = consumerThat(() => broken);
  await stepper(database, consumer)();
  broken = false;
  for (const streamId of streams) {
    const id = await deadLetterOf(database, `${streamId}:2`);
    expect(await editAndRetry(database, catalogue, id, { ...ACTOR, data: { by: 5 } })).toBeUndefined();
    expect(await deadLetterById(database, id)).toMatchObject({
      status: "waiting",
      editedData: { by: 5 },
      nextAttemptAt: null,
    });
  }
  // As an edit left it once.
  await database.query(sql`
    UPDATE dead_letters SET status = 'retrying', next_attempt_at = now() - interval '1 hour' WHERE event_id LIKE 's_:2'`);
  const retry = { ...ACTOR, perSecond: 1_000, stopOnFailure: false };
  await requestRetry(database, { ...retry, selection: { ids: [await deadLetterOf(database, "other:1")] } });
  expect(await release(database, consumer)).toBe(1);
  expect(await order(database)).toEqual(["other:1"]);
  await requestRetry(database, { ...retry, selection: { limit: 100 } });
  while ((await listDeadLetters(database, { limit: 1 })).length > 0) await release(database, consumer);
  const expected = streams.flatMap((streamId) => [
    [`${streamId}:1`, 1],
    [`${streamId}:2`, 5],
  ]);
  expect(await effectsIn(database)).toEqual({ "other:1": 1, ...Object.fromEntries(expected) });
});
