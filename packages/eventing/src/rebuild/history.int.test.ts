import { createTestDatabase } from "@tillstream/db/testing";
import type { SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { publish } from "../testing/subscribing.ts";
import { readHistory, readHistoryAhead } from "./history.ts";

const TYPES = ["Added"];

/** Fails from the question of this number on. */
function failingFrom(db: SqlExecutor, question: number): SqlExecutor {
  let count = 0;
  return {
    query: (...asked) =>
      (count += 1) >= question ? Promise.reject(new Error("Connection terminated")) : db.query(...asked),
  };
}

it("read ahead, the order is the same, and what came since is in the next page", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await publish(db, ["a", "b", "c", "d", "e"]);
  const [plain, ahead] = [readHistory(db), readHistoryAhead(db)];
  for (const after of [0, 2, 4]) expect(await ahead(after, 2, TYPES)).toEqual(await plain(after, 2, TYPES));
  await publish(db, ["f", "g"]);
  expect((await ahead(5, 2, TYPES)).events.map(({ streamId }) => streamId)).toEqual(["f", "g"]);
  expect(await ahead(1, 3, TYPES)).toEqual(await plain(1, 3, TYPES));
  expect(await ahead(4, 9, ["Other"])).toEqual({ to: 7, events: [] });
  expect(await ahead(7, 9, ["Other"])).toEqual({ to: 7, events: [] });
});

it("a page that could not be read ahead fails only the call that asks for it", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await publish(db, ["a", "b", "c"]);
  const ahead = readHistoryAhead(failingFrom(db, 2));
  expect((await ahead(0, 2, TYPES)).to).toBe(2);
  await expect(ahead(2, 2, TYPES)).rejects.toThrow("Connection terminated");
});
