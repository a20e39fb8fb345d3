import type avro from "avsc";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { incompatibilities } from "../registry/compatibility-level.ts";
import { parseAvro, resolutionProblems } from "./compatibility.ts";

const record = (fields: readonly object[], name = "Packed") =>
  parseAvro(JSON.stringify({ type: "record", name, fields }));
const text = { name: "a", type: "string" };
const problems = (reader: avro.Type, writer: avro.Type) => resolutionProblems(reader, writer);

/** Schemas that differ in all the ways that matter, small enough that pairs often resolve. */
const { type: anyType } = fc.letrec<{ type: unknown; leaf: unknown; record: unknown }>((tie) => ({
  leaf: fc.constantFrom<unknown>(
    "int",
    "long",
    "double",
    "string",
    "bytes",
    "boolean",
    { type: "enum", name: "E", symbols: ["a", "b"] },
    { type: "enum", name: "E", symbols: ["a"] },
    { type: "enum", name: "E", symbols: ["a", "c"], default: "a" },
    ["null", "string"],
    ["string", "null"],
    ["null", "int", "string"],
    ["null", { type: "array", items: "long" }],
  ),
  record: fc
    .uniqueArray(fc.record({ name: fc.constantFrom("a", "b"), type: tie("leaf"), withDefault: fc.boolean() }), {
      selector: ({ name }) => name,
      maxLength: 2,
    })
    .map((fields) => ({
      type: "record",
      name: "Inner",
      fields: fields.map(({ name, type, withDefault }) =>
        withDefault && Array.isArray(type) && type[0] === "null" ? { name, type, default: null } : { name, type },
      ),
    })),
  type: fc.oneof(
    tie("leaf"),
    tie("record"),
    tie("leaf")
      .filter((leaf) => !Array.isArray(leaf))
      .map((items) => ({ type: "array", items })),
    tie("leaf").map((values) => ({ type: "map", values })),
    tie("record").map((inner) => ["null", inner]),
  ),
}));

/** An enum may stand in a schema once; later mentions are by name. */
function valid(schema: unknown): avro.Type | undefined {
  try {
    return parseAvro(JSON.stringify({ type: "record", name: "R", fields: [{ name: "x", type: schema }] }));
  } catch {
    return undefined;
  }
}

function avscResolves(reader: avro.Type, writer: avro.Type): boolean {
  try {
    reader.createResolver(writer);
    return true;
  } catch {
    return false;
  }
}

/** Some thousand schemas are parsed and compared. */
const PROPERTY_TIMEOUT = { timeout: 20_000 };

describe("what a reader can read", () => {
  it("is what another implementation of the specification can resolve", PROPERTY_TIMEOUT, () => {
    const verdicts = { yes: 0, no: 0 };
    fc.assert(
      fc.property(anyType, anyType, (one, other) => {
        const [reader, writer] = [valid(one), valid(other)];
        fc.pre(reader !== undefined && writer !== undefined);
        const found = problems(reader, writer);
        verdicts[found.length === 0 ? "yes" : "no"] += 1;
        expect([found.length === 0, found]).toEqual([avscResolves(reader, writer), found]);
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(verdicts.yes, verdicts.no)).toBeGreaterThan(100);
  });

  it("takes a new field with a default, and names one without, wherever it is", () => {
    const nested = (fields: readonly object[]) =>
      record([{ name: "lines", type: { type: "array", items: { type: "record", name: "Line", fields } } }]);
    expect(problems(record([text, { name: "b", type: "long", default: 0 }]), record([text]))).toEqual([]);
    expect(problems(record([text, { name: "currency", type: "string" }]), record([text]))).toEqual([
      "field currency was added without a default: give it a default or publish it as optional",
    ]);
    expect(problems(nested([text, { name: "tax", type: "long" }]), nested([text]))).toEqual([
      "field lines[].tax was added without a default: give it a default or publish it as optional",
    ]);
  });

  it("names the field whose type changed, that became required, or that lost a value", () => {
    const one = (type: unknown) => record([{ name: "x", type }]);
    expect(problems(one("string"), one("long"))).toEqual([
      "field x was written as long and is read as string: keep the type, or add a field beside it",
    ]);
    expect(problems(one("string"), one(["null", "string"]))[0]).toContain("field x could be absent or null");
    const e = (symbols: readonly string[]) => one({ type: "enum", name: "E", symbols });
    expect(problems(e(["a"]), e(["a", "b"]))[0]).toContain("field x may have been written as b");
    expect(problems(one(["null", "long"]), one("string"))[0]).toContain("which is none of null, long");
    expect(problems(record([text], "Other"), record([text]))[0]).toContain(
      "was written as Packed and is read as Other",
    );
  });

  it("a schema that contains itself is compared to its end", () => {
    const tree = (fields: readonly object[]) =>
      record([{ name: "next", type: ["null", "Packed"], default: null }, ...fields]);
    expect(problems(tree([]), tree([text]))).toEqual([]);
    expect(problems(tree([text]), tree([]))[0]).toContain("field a was added without a default");
  });
});

describe("records that refer to each other through unions", () => {
  /** `count` records, each with a field of any of them. */
  function tangle(count: number, last: readonly object[] = []): avro.Type {
    const names = Array.from({ length: count }, (_, index) => `R${index}`);
    const known = new Set<string>();
    const reference = (name: string): unknown => {
      if (known.has(name)) return name;
      known.add(name);
      const any = { name: "any", type: ["null", ...names.map(reference)] };
      return { type: "record", name, fields: name === names.at(-1) ? [any, ...last] : [any] };
    };
    return parseAvro(JSON.stringify(reference("R0")));
  }

  it("are compared in a number of steps that does not explode with the ways through them", () => {
    const required = [{ name: "a", type: "string" }];
    const stepsMax = 15 ** 3 * 4;
    expect(resolutionProblems(tangle(15), tangle(15), "new", stepsMax)).toEqual([]);
    const [problem, ...more] = resolutionProblems(tangle(15, required), tangle(15), "new", stepsMax);
    expect([problem, more]).toEqual([expect.stringContaining(".a was added without a default"), []]);
  });

  it("count as incompatible when that takes more comparisons than are allowed", () => {
    expect(resolutionProblems(tangle(15), tangle(15), "new", 100)).toEqual([
      "the schema takes more than 100 comparisons: make its records refer to each other in fewer ways",
    ]);
  });

  it("do not pass for readable because an alternative that was given up on had assumed so", () => {
    const order = (inner: unknown) => record([{ name: "order", type: inner }]);
    const line = { type: "record", name: "Line", fields: [{ name: "of", type: ["null", "Order"] }] };
    const written = order({ type: "record", name: "Order", fields: [{ name: "line", type: line }] });
    const strict = {
      type: "record",
      name: "Order",
      fields: [
        { name: "line", type: line },
        { name: "total", type: "long" },
      ],
    };
    const lenient = { type: "record", name: "Other", aliases: ["Order"], fields: [{ name: "line", type: "Line" }] };
    const found = problems(order([strict, lenient]), written);
    expect(found).toEqual([expect.stringContaining("field order.total was added without a default")]);
  });
});

describe("the compatibility levels", () => {
  const v1 = record([text]);
  const v2 = record([text, { name: "b", type: "string", default: "" }]);
  const v3 = record([{ name: "b", type: "string" }]); // reads v2, not v1; neither of them reads it
  const earlier = [v1, v2].map((type, index) => ({ version: index + 1, type }));
  it.each([
    ["BACKWARD", []],
    ["BACKWARD_TRANSITIVE", ["version 1 cannot be read: field b was added"]],
    ["FORWARD", ["version 2 cannot read it: field a was removed"]],
    ["FORWARD_TRANSITIVE", ["version 1 cannot read it: field a", "version 2 cannot read it: field a"]],
    ["FULL", ["version 2 cannot read it: field a was removed"]],
    [
      "FULL_TRANSITIVE",
      ["version 1 cannot be read: field b", "version 1 cannot read it: field a", "version 2 cannot read it"],
    ],
    ["NONE", []],
  ] as const)("%s finds %j", (level, expected) => {
    const found = incompatibilities(level, v3, earlier);
    expect(found.map((message, index) => message.slice(0, expected[index]?.length))).toEqual(expected);
  });
});
