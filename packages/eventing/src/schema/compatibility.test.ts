import { describe, expect, it } from "vitest";
import { incompatibilities } from "../registry/compatibility-level.ts";
import answers from "../testing/java-avro/answers.json" with { type: "json" };
import { avroPairs, PAIRS } from "../testing/java-avro/avro-pairs.ts";
import type { AvroType } from "./avro-type.ts";
import { resolutionProblems } from "./compatibility.ts";
import { parseAvro } from "./parse-avro.ts";

const record = (fields: readonly object[], name = "Packed") =>
  parseAvro(JSON.stringify({ type: "record", name, fields }));
const text = { name: "a", type: "string" };
const problems = (reader: AvroType, writer: AvroType) => resolutionProblems(reader, writer);
const hexOf = (bits: readonly string[]) =>
  (bits.join("").match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join("");

describe("what a reader can read", () => {
  it("is what Java Avro says it is, of 6,000 pairs with namespaces, aliases, defaults, unions and recursion", () => {
    const bits = [...avroPairs(PAIRS)].map(([reader, writer]) => {
      const found = problems(parseAvro(reader), parseAvro(writer));
      return found.length === 0 ? "1" : "0";
    });
    expect(hexOf(bits)).toBe(answers.compatible);
    expect(bits.filter((bit) => bit === "1").length).toBeGreaterThan(PAIRS.count / 4);
  });

  it("does not depend on the namespace of what has one name", () => {
    const named = (namespace: string) =>
      parseAvro(JSON.stringify({ type: "record", name: "Packed", namespace, fields: [text] }));
    expect(problems(named("new.place"), named("old.place"))).toEqual([]);
    const renamed = (alias: string) =>
      parseAvro(JSON.stringify({ type: "record", name: "new.Boxed", aliases: [alias], fields: [text] }));
    expect(problems(renamed("old.place.Packed"), named("old.place"))).toEqual([]);
    expect(problems(renamed("Packed"), named("old.place"))[0]).toContain("give the old one as an alias");
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
    expect(problems(one(["null", "long"]), one("string"))[0]).toContain("which is not one of null, long");
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
  function tangle(count: number, last: readonly object[] = []): AvroType {
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
    const holding = (inner: unknown) => record([{ name: "box", type: inner }]);
    const label = { type: "record", name: "Label", fields: [{ name: "of", type: ["null", "Box"] }] };
    const written = holding({ type: "record", name: "Box", fields: [{ name: "label", type: label }] });
    const strict = {
      type: "record",
      name: "Box",
      fields: [
        { name: "label", type: label },
        { name: "weight", type: "long" },
      ],
    };
    const lenient = { type: "record", name: "Other", aliases: ["Box"], fields: [{ name: "label", type: "Label" }] };
    const found = problems(holding([strict, lenient]), written);
    expect(found).toEqual([expect.stringContaining("field box.weight was added without a default")]);
  });
});

describe("a schema that is made to take long", () => {
  const many = (letter: string) => Array.from({ length: 9_000 }, (_, index) => `${letter}${index}`);
  const one = (type: unknown) => record([{ name: "x", type }]);
  const enums = (letter: string) => one(many(letter).map((name) => ({ type: "enum", name, symbols: ["a"] })));

  it("is looked at once for each of its parts, however many a union or an enum has", () => {
    const symbols = (letter: string) => one({ type: "enum", name: "E", symbols: many(letter) });
    expect(problems(symbols("a"), symbols("a"))).toEqual([]);
    expect(problems(symbols("a"), symbols("b"))).toEqual([
      expect.stringMatching(/may have been written as b0, .* and 8980 more, which the reader does not know/),
    ]);
    expect(resolutionProblems(enums("a"), enums("a"), "new", 20_000)).toEqual([]);
    expect(resolutionProblems(enums("a"), enums("b"), "new", 20_000).length).toBe(50);
  });

  it("is refused where a field of the reader could be two of the writer, as in Java", () => {
    const reader = record([{ name: "a", type: "string", aliases: ["b"] }]);
    expect(problems(reader, record([text]))).toEqual([]);
    expect(problems(reader, record([text, { name: "b", type: "string" }]))).toEqual([
      "field a of Packed is a and b of the writer at once: drop an alias",
    ]);
  });
});

describe("the compatibility levels", () => {
  const b = { name: "b", type: "string" };
  const v3 = record([b]); // reads v2, not v1; neither of them reads it
  const earlier = [[text], [text, { ...b, default: "" }]].map((fields, index) => ({
    version: index + 1,
    schema: JSON.stringify({ type: "record", name: "Packed", fields }),
  }));
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
