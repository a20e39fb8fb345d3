import { expect, it } from "vitest";
import { readBody } from "./read-body.ts";
import type { Scheduler } from "./scheduler.ts";

const BYTES_MAX = 10;
const never: Scheduler = { sleep: () => new Promise(() => undefined), every: () => () => undefined };
const atOnce: Scheduler = { ...never, sleep: async () => undefined };

async function* chunks(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size);
}

it("is whole with just so many bytes, and not with one more", async () => {
  expect(await readBody(chunks(4, 6), BYTES_MAX, never)).toHaveLength(BYTES_MAX);
  expect(await readBody(chunks(4, 7), BYTES_MAX, never)).toBe("too large");
  expect(await readBody(chunks(), BYTES_MAX, never)).toHaveLength(0);
});

it("is waited for until its time is over, and no longer", async () => {
  const stalled = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
  expect(await readBody(stalled, BYTES_MAX, atOnce)).toBe("too slow");
});

it("that breaks off is an error, and leaves no timer behind", async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error("gone")) });
  let aborted = false;
  const noting: Scheduler = {
    ...never,
    sleep: (_, signal) => new Promise(() => signal?.addEventListener("abort", () => (aborted = true))),
  };
  await expect(readBody(broken, BYTES_MAX, noting)).rejects.toThrow("gone");
  expect(aborted).toBe(true);
});
