import { expect, test } from "vitest";
import { jsonDepth_max, jsonEntries_max, jsonTree, touches, type JsonNode } from "./json-tree.ts";

const inner = (node: JsonNode) => ("entries" in node ? node.entries : []);

test("each kind of value is told apart and knows its JSON pointer", () => {
  const tree = jsonTree({ sku: "mug", quantity: 2, gift: null, lines: [true] });
  expect(inner(tree).map(({ key, node }) => [key, node.kind, node.path])).toEqual([
    ["sku", "text", "/sku"],
    ["quantity", "number", "/quantity"],
    ["gift", "literal", "/gift"],
    ["lines", "array", "/lines"],
  ]);
});

test("slash and tilde in a key are escaped in its pointer", () => {
  expect(inner(jsonTree({ "a/b~c": 1 }))[0]?.node.path).toBe("/a~1b~0c");
});

test("a long list is cut and says how much is hidden", () => {
  const tree = jsonTree(Array.from({ length: jsonEntries_max + 7 }, (_, index) => index));
  expect(tree).toMatchObject({ kind: "array", size: jsonEntries_max + 7, hidden: 7 });
});

test("a value nested without end stops at the depth limit", () => {
  let nested: unknown = "core";
  for (let level = 0; level < jsonDepth_max + 20; level += 1) nested = { nested };
  let node = jsonTree(nested);
  let depth = 0;
  for (let next = inner(node)[0]; next !== undefined; next = inner(node)[0]) {
    node = next.node;
    depth += 1;
  }
  expect(depth).toBe(jsonDepth_max);
});

test("a highlighted path keeps its ancestors open and leaves its neighbours alone", () => {
  expect(touches("/lines", ["/lines/0/quantity"])).toBe(true);
  expect(touches("", ["/lines/0/quantity"])).toBe(true);
  expect(touches("/line", ["/lines/0/quantity"])).toBe(false);
});
