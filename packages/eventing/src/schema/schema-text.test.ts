import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import answers from "../testing/java-avro/answers.json" with { type: "json" };
import { avroPairs, PAIRS } from "../testing/java-avro/avro-pairs.ts";
import { parseAvro } from "./parse-avro.ts";
import { schemaText } from "./schema-text.ts";
import type { SchemaForm } from "./schema-text.ts";

const formOf = (written: unknown, form: SchemaForm = "canonical") =>
  schemaText(parseAvro(typeof written === "string" ? written : JSON.stringify(written)), form);

it("is the text that Java gives, of 12,000 schemas with names, references and attributes written in any way", () => {
  const texts = createHash("sha256");
  for (const written of [...avroPairs(PAIRS)].flat()) texts.update(`${formOf(written)}\n`);
  expect(texts.digest("hex")).toBe(answers.texts);
});

describe("one schema", () => {
  const inner = (more: object) => ({ type: "record", fields: [{ name: "n", type: "int" }], ...more });
  const holding = (first: unknown, second: unknown, more: object) => ({
    type: "record",
    fields: [
      { name: "one", type: first },
      { name: "two", type: second },
    ],
    ...more,
  });
  const short = holding(inner({ name: "In" }), "In", { name: "Out", namespace: "a.b" });

  it.each([
    ["a full name", holding(inner({ name: "In" }), "In", { name: "a.b.Out" })],
    ["full references", holding(inner({ name: "a.b.In" }), "a.b.In", { name: "Out", namespace: "a.b" })],
    [
      "a namespace said again",
      holding(inner({ name: "In", namespace: "a.b" }), "In", { name: "Out", namespace: "a.b" }),
    ],
    [
      "a namespace that a full name overrules",
      holding(inner({ name: "In" }), "In", { name: "a.b.Out", namespace: "c" }),
    ],
    ["no aliases", holding(inner({ name: "In", aliases: [] }), "In", { name: "a.b.Out", aliases: [] })],
    [
      "a primitive in full",
      holding(inner({ name: "In", fields: [{ name: "n", type: { type: "int" } }] }), "In", { name: "a.b.Out" }),
    ],
    [
      "the order that is anyhow",
      holding(inner({ name: "In", fields: [{ name: "n", type: "int", order: "ascending" }] }), "In", {
        name: "a.b.Out",
      }),
    ],
    ["its keys in another order", Object.fromEntries(Object.entries(short).toReversed())],
    ["a reference before the type", holding("In", inner({ name: "In" }), { name: "a.b.Out" })],
  ])("has one text with %s", (_, written) => {
    expect(formOf(written)).toBe(formOf(short));
  });

  it("keeps what a reader could miss", () => {
    const said = {
      type: "record",
      name: "R",
      doc: "",
      fields: [
        { name: "f", type: "long", doc: "of a field", default: 1, order: "descending", aliases: ["g"], mine: {} },
      ],
      mine: [1, null],
      aliases: ["S"],
    };
    expect(JSON.parse(formOf(said))).toEqual(said);
    expect(formOf({ ...said, doc: undefined })).not.toBe(formOf(said));
  });

  it("has one form, and one normal form for any order of attributes and aliases", () => {
    const fixed = (more: object, aliases: string[]) => ({ type: "fixed", name: "F", size: 4, ...more, aliases });
    const [one, other] = [
      fixed({ a: 1, b: { c: 1, d: 2 } }, ["x", "y"]),
      fixed({ b: { d: 2, c: 1 }, a: 1 }, ["y", "x"]),
    ];
    expect(formOf(one)).not.toBe(formOf(other));
    for (const form of ["equal", "normal"] as const) expect(formOf(one, form)).toBe(formOf(other, form));
  });
});

// What Confluent's own normalization gives for these, run with Java Avro 1.12.1.
it.each([
  [
    { type: "bytes", zone: 1, scale: 2, "connect.name": "D", precision: 9, logicalType: "decimal" },
    '{"type":"bytes","logicalType":"decimal","precision":9,"scale":2,"connect.name":"D","zone":1}',
  ],
  [{ type: "string", logicalType: "unheard", a: 1 }, '{"type":"string","a":1,"logicalType":"unheard"}'],
  [
    {
      type: "record",
      name: "R",
      doc: "",
      fields: [
        { name: "d", type: "double", default: 1, doc: "" },
        { name: "f", type: ["float", "null"], default: 0.123456789 },
        { name: "m", type: { type: "map", values: "double" }, default: { b: 1, a: 2 } },
      ],
    },
    '{"type":"record","name":"R","fields":[{"name":"d","type":"double","doc":"","default":1.0},' +
      '{"name":"f","type":["float","null"],"default":0.12345679},' +
      '{"name":"m","type":{"type":"map","values":"double"},"default":{"a":2.0,"b":1.0}}]}',
  ],
])("normal is what is normal to Confluent: %j", (written, normal) => {
  expect(formOf(written, "normal")).toBe(normal);
});
