import { describe, expect, it } from "vitest";
import { checkCycles } from "./cycles.ts";

const K = "packages/eventing/src";
/** Each file with what it imports. */
const house = (files: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(files).map(([path, imports]) => ({
    path: `${K}/${path}`,
    text: imports.map((one) => `import "${one}";\n`).join(""),
  }));
const rules = (files: Parameters<typeof house>[0]) => checkCycles(house(files)).map(({ rule }) => rule);

describe("what goes round in a circle is named with every step", () => {
  it("two folders, by files that do not know each other", () => {
    const found = checkCycles(
      house({
        "bus/bus.ts": ["../relay/lease.ts"],
        "bus/batch.ts": [],
        "relay/lease.ts": [],
        "relay/relay.ts": ["../bus/batch.ts"],
      }),
    );
    expect(found).toEqual([
      {
        rule: "folder-cycle",
        path: `${K}/bus/bus.ts`,
        line: 1,
        message: `goes round in a circle: ${K}/bus/bus.ts needs ${K}/relay/lease.ts, ${K}/relay/relay.ts needs ${K}/bus/batch.ts`,
      },
    ]);
  });

  it.each([
    ["two files of one folder", { "saga/a.ts": ["./b.ts"], "saga/b.ts": ["./a.ts"] }, ["file-cycle"]],
    [
      "three folders",
      { "a/1.ts": ["../b/1.ts"], "b/1.ts": ["../c/1.ts"], "c/2.ts": ["../a/2.ts"], "c/1.ts": [], "a/2.ts": [] },
      ["folder-cycle"],
    ],
    [
      "a folder and a file beside it",
      { "a/1.ts": ["../signals.ts"], "signals.ts": ["./a/2.ts"], "a/2.ts": [] },
      ["folder-cycle"],
    ],
    [
      "a folder within another and a third",
      { "bus/kafka/1.ts": ["../../b/1.ts"], "b/1.ts": ["../bus/2.ts"], "bus/2.ts": [] },
      ["folder-cycle"],
    ],
  ])("%s", (_, files, expected) => {
    expect(rules(files)).toEqual(expected);
  });
});

it.each([
  [
    "arrows downwards",
    { "a/1.ts": ["../b/1.ts", "./2.ts"], "a/2.ts": ["../b/1.ts"], "b/1.ts": ["../c.ts"], "c.ts": [] },
  ],
  [
    "a folder and the one within it",
    { "bus/kafka/1.ts": ["../2.ts"], "bus/2.ts": ["./kafka/2.ts"], "bus/kafka/2.ts": [] },
  ],
  [
    "a test that looks up",
    { "a/1.ts": ["../b/1.ts"], "b/1.ts": [], "b/1.test.ts": ["../a/1.ts"], "testing/b.ts": ["../a/1.ts"] },
  ],
  ["the entry", { "index.ts": ["./a/1.ts"], "a/1.ts": ["../index.ts"] }],
])("%s are no circle", (_, files) => {
  expect(rules(files)).toEqual([]);
});
