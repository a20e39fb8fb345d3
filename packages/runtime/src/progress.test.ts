import { expect, it } from "vitest";
import { createProgress } from "./progress.ts";
import { sql } from "./sql.ts";
import type { Database } from "./sql.ts";

function setUp() {
  let time = 0;
  const progress = createProgress(() => time);
  const answers: PromiseWithResolvers<[]>[] = [];
  const db: Database = {
    query: () => {
      const answer = Promise.withResolvers<[]>();
      answers.push(answer);
      return answer.promise;
    },
    transaction: (work) => work(db),
  };
  return { progress, db, answers, pass: (ms: number) => (time += ms) };
}

it("a loop that gets no answer stands, whatever another loop gets", async () => {
  const { progress, db, answers, pass } = setUp();
  const hung = progress.watch("hung", db);
  const well = progress.watch("well", db);
  void hung.query(sql`SELECT 1`);
  pass(20);
  const asked = well.query(sql`SELECT 1`);
  answers[1]?.resolve([]);
  await asked;
  expect(progress.quietFor(15)).toEqual(["hung"]);
  answers[0]?.resolve([]);
  await expect.poll(() => progress.quietFor(15)).toEqual([]);
});

it("a refusal is progress, and so is each answer inside a transaction", async () => {
  const { progress, db, answers, pass } = setUp();
  const watched = progress.watch("loop", db);
  pass(20);
  const refused = watched.query(sql`SELECT 1`);
  answers[0]?.reject(new Error("no"));
  await expect(refused).rejects.toThrow("no");
  expect(progress.quietFor(15)).toEqual([]);
  await watched.transaction(async (tx) => {
    pass(20);
    const inside = tx.query(sql`SELECT 1`);
    answers[1]?.resolve([]);
    await inside;
    expect(progress.quietFor(15)).toEqual([]);
  });
});
