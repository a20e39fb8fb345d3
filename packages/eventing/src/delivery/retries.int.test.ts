import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createEventCatalogue } from "../event/catalogue.ts";
import { Refusal } from "../event/refusal.ts";
import { outcomeOf } from "../testing/outcome-of.ts";
import { rebuildNext, requestRebuild } from "../rebuild/rebuild.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { counterEvents } from "../testing/counter.ts";
import { createDatabaseWithEffects, effectsIn } from "../testing/effects.ts";
import { consumerThat, deadLetterOf, release, untilNothingIsDue } from "../testing/releasing.ts";
import { sharedRow } from "../testing/shared-row.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { discardDeadLetter, editAndRetry } from "../dead-letters/resolve.ts";
import { deadLetterById, listDeadLetters, listRetries } from "../dead-letters/queries.ts";
import { requestRetry, stopRetry } from "../dead-letters/retries.ts";

const ACTOR = { actor: "user:op", reason: "fixed" };
const catalogue = createEventCatalogue(counterEvents);

/** Asks for a retry of all that is parked: of one dead letter now, and of the others after a quarter of an hour each. */
async function retryAll(db: Database, stopOnFailure = false): Promise<number> {
  const retry = await requestRetry(db, { ...ACTOR, selection: { limit: 100 }, perSecond: 0.001, stopOnFailure });
  return retry.retryId;
}

/** Everything that is to be tried at some time, at once. */
const makeDue = (db: Database) =>
  db.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);

const fourStreams = (round: number) => Array.from({ length: 4 }, (_, index) => `r${round}-${index}`);

it("a retry is over with its last letters, though they are delivered at the same moment", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  let broken = true;
  const consumer = consumerThat(() => broken);
  for (let round = 0; round < 12; round += 1) {
    broken = true;
    await publish(database, fourStreams(round));
    await stepper(database, consumer)();
    broken = false;
    await retryAll(database);
    await makeDue(database);
    await untilNothingIsDue(database, consumer);
    expect(await listRetries(database, 1)).toMatchObject([{ status: "completed", delivered: 4, pending: 0 }]);
  }
});

it("of dead letters that fail at the same moment one stops the retry, and they never deadlock", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const consumer = consumerThat(() => true);
  await publish(database, [...fourStreams(0), ...fourStreams(1)]);
  await stepper(database, consumer)();
  for (let round = 0; round < 8; round += 1) {
    await retryAll(database, true);
    await makeDue(database);
    await release(database, consumer);
    const [retry] = await listRetries(database, 1);
    expect(retry?.status).not.toBe("running");
    expect(retry?.pending).toBe(0);
    expect((await listDeadLetters(database, { status: "parked", limit: 10 })).length).toBe(8);
  }
});

it("a retry can be stopped while its dead letters are delivered", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  let broken = true;
  const consumer = consumerThat(() => broken);
  for (let round = 0; round < 8; round += 1) {
    broken = true;
    await publish(database, fourStreams(round));
    await stepper(database, consumer)();
    broken = false;
    const retryId = await retryAll(database);
    await makeDue(database);
    await Promise.all([release(database, consumer), outcomeOf(stopRetry(database, retryId))]);
    const [retry] = await listRetries(database, 1);
    expect(retry?.status).not.toBe("running");
    expect(retry?.pending).toBe(0);
    const parked = await listDeadLetters(database, { status: "parked", limit: 10 });
    expect(parked.length).toBe(retry?.notTried);
    await outcomeOf(requestRetry(database, { ...ACTOR, selection: { limit: 10 }, perSecond: 1, stopOnFailure: false }));
    await makeDue(database);
    await untilNothingIsDue(database, consumer);
  }
});

it("a retry ends when the dead letter that it waits for is discarded or edited", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  let broken = true;
  const consumer = consumerThat(() => broken);
  await publish(database, ["a", "b", "c"]);
  await stepper(database, consumer)();
  broken = false;
  await retryAll(database);
  await release(database, consumer);
  expect(await discardDeadLetter(database, await deadLetterOf(database, "b:1"), ACTOR)).toBeUndefined();
  expect(await listRetries(database, 1)).toMatchObject([{ status: "running", delivered: 1, notTried: 1, pending: 1 }]);
  const edited = await deadLetterOf(database, "c:1");
  expect(await editAndRetry(database, catalogue, edited, { ...ACTOR, data: { by: 2 } })).toBeUndefined();
  expect(await listRetries(database, 1)).toMatchObject([
    { status: "completed", delivered: 1, notTried: 2, pending: 0 },
  ]);
  await untilNothingIsDue(database, consumer);
  expect(await effectsIn(database)).toEqual({ "a:1": 1, "c:1": 2 });
  expect(await deadLetterById(database, edited)).toMatchObject({
    status: "resolved",
    actions: [{ action: "edit" }, { action: "retry", outcome: "notTried" }],
  });
});

it("a retry ends when a rebuild brings its events back", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await publish(database, ["a", "b"]);
  await stepper(database, sharedRow({ fails: () => true }))();
  await database.query(sql`UPDATE dead_letters SET status = 'parked', next_attempt_at = NULL`);
  await retryAll(database);
  const fixed = sharedRow();
  await requestRebuild(database, [fixed], fixed.name, "test");
  await rebuildNext(database, fixed, catalogueOf(fixed), 100);
  expect(await listRetries(database, 1)).toMatchObject([{ status: "completed", delivered: 2, pending: 0 }]);
});

it("what was asked for twice, because the first answer and its key got lost, is not done to other dead letters as well", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const consumer = consumerThat(() => true);
  await publish(database, fourStreams(0));
  await stepper(database, consumer)();
  const one = { ...ACTOR, selection: { limit: 1 }, perSecond: 1, stopOnFailure: false, seenRetry: 0 };
  const answers = await Promise.all([requestRetry(database, one), requestRetry(database, one)].map(outcomeOf));
  expect(answers.filter((answer) => answer instanceof Refusal)).toMatchObject([{ code: "ACTED_MEANWHILE" }]);
  expect(answers.filter((answer) => !(answer instanceof Refusal))).toMatchObject([{ letters: 1 }]);
  const [latest] = await listRetries(database, 1);
  expect(await requestRetry(database, { ...one, seenRetry: Number(latest?.id) })).toMatchObject({ letters: 1 });
});

it("a dead letter that another operator has acted on since it was looked at is left alone", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const consumer = consumerThat(() => true);
  await publish(database, ["a"]);
  await stepper(database, consumer)();
  const [letter] = await listDeadLetters(database, { limit: 1 });
  const id = Number(letter?.id);
  const seen = { ...ACTOR, seenActions: 0 };
  const retry = { ...seen, selection: { ids: [id] }, perSecond: 1, stopOnFailure: false };
  expect(await requestRetry(database, retry)).toMatchObject({ letters: 1 });
  await makeDue(database);
  await release(database, consumer); // it fails again, and is parked as before
  await expect(requestRetry(database, retry)).rejects.toMatchObject({ code: "ACTED_MEANWHILE" });
  await expect(discardDeadLetter(database, id, seen)).rejects.toMatchObject({ code: "ACTED_MEANWHILE" });
  await expect(editAndRetry(database, catalogue, id, { ...seen, data: {} })).rejects.toMatchObject({
    code: "ACTED_MEANWHILE",
  });
  expect(await discardDeadLetter(database, id, { ...seen, seenActions: 1 })).toBeUndefined();
});
