/** Schemas of a few kilobytes that ask for work which grows faster than they do. Work is counted, not timed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordType } from "./avro-type.ts";
import { parseAvro } from "./parse-avro.ts";
import { schemaText } from "./schema-text.ts";

const list = <Value>(length: number, make: (index: number) => Value) =>
  Array.from({ length }, (_, index) => make(index));
const record = (name: string, fields: readonly unknown[], more: object = {}) => ({
  type: "record",
  name,
  fields,
  ...more,
});
const int = (name: string) => ({ name, type: "int" });
const array = (items: unknown) => ({ type: "array", items });

/** Each takes about `many` squared steps, and has about `many` things to say. */
const HOSTILE: Record<string, (many: number) => unknown> = {
  "a default of many values, each checked against many alternatives": (many) =>
    record("R", [
      {
        name: "f",
        type: array([...list(many, (index) => record(`A${index}`, [int("a")])), "long"]),
        default: list(many, (index) => index),
      },
    ]),
  "many fields of one wide record, each with a default": (many) =>
    record("R", [
      {
        name: "first",
        type: record(
          "Wide",
          list(many, (index) => ({ ...int(`a${index}`), default: 1 })),
        ),
        default: {},
      },
      ...list(many, (index) => ({ name: `f${index}`, type: "Wide", default: {} })),
    ]),
  "many types that inherit a long namespace": (many) =>
    record(
      "R",
      list(many, (index) => ({ name: `f${index}`, type: { type: "fixed", name: `F${index}`, size: 1 } })),
      {
        namespace: "a.".repeat(many).concat("a"),
      },
    ),
  "many references into a long namespace": (many) =>
    record(
      "R",
      list(many, (index) => ({ name: `f${index}`, type: ["null", "R"] })),
      { namespace: "a".repeat(many) },
    ),
  "many aliases in a long namespace": (many) =>
    record("R", [], { namespace: "a".repeat(many), aliases: list(many, (index) => `A${index}`) }),
  "alternatives within alternatives, told apart at the innermost": (many) => {
    const depth = 2 * Math.ceil(Math.log2(many));
    const alternatives = ["A", "B"].map((name) => record(name, [{ name: "n", type: ["A", "B", "int"] }]));
    let value: unknown = "no int";
    for (let level = 0; level < depth; level += 1) value = { n: value };
    return record("R", [{ name: "f", type: alternatives, default: value }]);
  },
};

describe.each(Object.entries(HOSTILE))("%s", (_, make) => {
  it("is refused after as many steps as are allowed, at any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), (many) => {
        const text = JSON.stringify(make(many));
        expect(() => parseAvro(text, (many * many) / 20)).toThrow(
          /takes more than [\d.]+ steps to read: make its defaults, its unions or its names shorter/,
        );
      }),
      { numRuns: 20 },
    );
  });

  it("is refused by the bound that everybody has", () => {
    expect(() => parseAvro(JSON.stringify(make(5_000)))).toThrow("takes more than 1000000 steps");
  });
});

it("a schema with what people write is far from the bound", () => {
  const fields = list(500, (index) => ({ name: `f${index}`, type: ["null", "long", array("string")], default: null }));
  expect(() => parseAvro(JSON.stringify(record("a.long.enough.name.Wide", fields)), 5_000)).not.toThrow();
});

it("a record's fields are gone through a few times to be written, however many values its default has", () => {
  const wide = record(
    "Wide",
    list(100, (index) => ({ name: `a${index}`, type: "double", default: 1 })),
  );
  const type = parseAvro(
    JSON.stringify(record("R", [{ name: "f", type: array(wide), default: list(1_000, () => ({ unknown: {} })) }])),
  ) as RecordType & { fields: [{ type: { items: RecordType } }] };
  const { items } = type.fields[0].type;
  const { fields } = items;
  let looks = 0;
  Object.defineProperty(items, "fields", { get: () => ((looks += 1), fields) });
  schemaText(type, "normal");
  expect(looks).toBeLessThan(5);
});
