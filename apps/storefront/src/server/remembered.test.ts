import { expect, it, vi } from "vitest";
import { remembered } from "./remembered.ts";

const MINUTE_MS = 60_000;

it("a question is asked once while its answer is fresh, also by those who ask at the same time", async () => {
  const question = vi.fn<() => Promise<string>>(async () => "answer");
  const ask = () => remembered("once", MINUTE_MS, question);
  expect(await Promise.all([ask(), ask()])).toEqual(["answer", "answer"]);
  expect(await ask()).toBe("answer");
  expect(question).toHaveBeenCalledTimes(1);
});

it("an old answer is asked for again", async () => {
  const question = vi.fn<() => Promise<number>>(async () => 1);
  await remembered("old", 0, question);
  await remembered("old", 0, question);
  expect(question).toHaveBeenCalledTimes(2);
});

it("a failure is told and not kept", async () => {
  const question = vi.fn<() => Promise<string>>(async () => "better").mockRejectedValueOnce(new Error("away"));
  await expect(remembered("failing", MINUTE_MS, question)).rejects.toThrow("away");
  expect(await remembered("failing", MINUTE_MS, question)).toBe("better");
});

it("what is kept is bounded, the oldest goes", async () => {
  const question = vi.fn<() => Promise<string>>(async () => "first");
  await remembered("first", MINUTE_MS, question);
  for (let n = 0; n < 400; n += 1) await remembered(`other ${n}`, MINUTE_MS, async () => n);
  await remembered("first", MINUTE_MS, question);
  expect(question).toHaveBeenCalledTimes(2);
});
