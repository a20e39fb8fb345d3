import { createMemoryCache } from "@tillstream/runtime";
import type { Cache } from "@tillstream/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cachedAnswer, fingerprintOf, rememberAnswer } from "./idempotency.ts";

const command = { scope: "place", key: "k", fingerprint: fingerprintOf({ name: "a" }) };

describe("a fingerprint", () => {
  it("does not depend on the order of keys, at any depth", () => {
    const input = fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()));
    const reversed = (value: object): object => Object.fromEntries(Object.entries(value).toReversed());
    fc.assert(
      fc.property(input, (value) => {
        const inner = Object.entries(value).map(([key, nested]) => [key, reversed(nested)]);
        expect(fingerprintOf(reversed(Object.fromEntries(inner)))).toBe(fingerprintOf(value));
      }),
    );
  });

  it("depends on every value, on types, and on the order of a list", () => {
    const inputs = [
      { n: 1 },
      { n: "1" },
      { n: 2 },
      { m: 1 },
      { n: null },
      { n: [1, 2] },
      { n: [2, 1] },
      { n: { m: 1 } },
      {},
    ];
    expect(new Set(inputs.map(fingerprintOf)).size).toBe(inputs.length);
  });
});

describe("the cache", () => {
  it("answers the command that it was given for, and no other", async () => {
    const cache = createMemoryCache();
    await rememberAnswer(cache, command, { answer: 1 });
    expect(await cachedAnswer(cache, command)).toEqual({ found: true, response: { answer: 1 } });
    for (const other of [{ scope: "other" }, { key: "l" }, { fingerprint: "f" }]) {
      expect(await cachedAnswer(cache, { ...command, ...other })).toEqual({ found: false });
    }
  });

  it.each([
    ["cut off", '{"fingerpri'],
    ["null", "null"],
    ["a number", "5"],
    ["without an answer", JSON.stringify(command)],
  ])("reads as a miss when its entry is %s", async (_, text) => {
    const cache: Cache = { ...createMemoryCache(), get: async () => text };
    expect(await cachedAnswer(cache, command)).toEqual({ found: false });
  });

  it("may fail at any time without anybody noticing", async () => {
    const away = () => Promise.reject(new Error("away"));
    const cache: Cache = { ...createMemoryCache(), get: away, set: away };
    expect(await cachedAnswer(cache, command)).toEqual({ found: false });
    await expect(rememberAnswer(cache, command, {})).resolves.toBeUndefined();
  });
});
