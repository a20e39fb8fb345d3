import { createLogger } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { describe, expect, it, vi } from "vitest";
import { announceChanges, CHANGES_CHANNEL, createOutboxHint } from "./signals.ts";
import { createGate } from "../testing/gate.ts";

const logger = createLogger("test", "silent");

/** Takes statements down; `answer` says how each ends. */
function listening(
  answer: (count: number) => Promise<void> = async () => undefined,
): SqlExecutor & { readonly sent: Sql[] } {
  const sent: Sql[] = [];
  return {
    sent,
    async query<Row>(statement: Sql): Promise<Row[]> {
      sent.push(statement);
      await answer(sent.length);
      return [];
    },
  };
}

describe("the outbox hint", () => {
  it("sends one more, however many were asked for while one was under way", async () => {
    const gate = createGate();
    const db = listening((count) => (count === 1 ? gate.wait() : Promise.resolve()));
    const hint = createOutboxHint(db, logger, "outbox_of_somebody");
    for (let time = 0; time < 50; time += 1) hint();
    expect(db.sent.length).toBe(1);
    gate.open();
    await vi.waitFor(() => expect(db.sent.length).toBe(2));
    hint();
    await vi.waitFor(() => expect(db.sent.length).toBe(3));
    expect(new Set(db.sent.map(({ values }) => values[0]))).toEqual(new Set(["outbox_of_somebody"]));
  });

  it("is lost without a trace when Postgres is away, and the next one is sent", async () => {
    const db = listening((count) => (count === 1 ? Promise.reject(new Error("away")) : Promise.resolve()));
    const hint = createOutboxHint(db, logger);
    hint();
    await vi.waitFor(() => {
      hint();
      expect(db.sent.length).toBeGreaterThan(1);
    });
  });
});

it("changes are announced with every key, in notices that Postgres takes", async () => {
  const db = listening();
  const keys = Array.from({ length: 250 }, (_, index) => `${"k".repeat(36)}${index}`);
  await announceChanges(db, "some_view", keys);
  const payloads = db.sent.map(({ values }) => values[1] as string);
  expect(db.sent.every(({ values }) => values[0] === CHANGES_CHANNEL)).toBe(true);
  expect(payloads.flatMap((payload) => (JSON.parse(payload) as { keys: string[] }).keys)).toEqual(keys);
  expect(payloads.every((payload) => Buffer.byteLength(payload) < 8_000)).toBe(true);
});
