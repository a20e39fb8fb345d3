import avro from "avsc";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../event/definition.ts";
import type { AnyEventDefinition } from "../event/definition.ts";
import { avroSchemaOf, NotAvroError } from "./avro-schema.ts";

const schemaOf = (definition: AnyEventDefinition, version = 1) => avroSchemaOf(definition, version, "box");
const fieldsOf = (shape: z.ZodRawShape) => schemaOf(defineEvent("Packed", z.object(shape))).fields;

describe("the Avro schema of an event", () => {
  it("is a record named for the type, in the namespace of its streams, that says which version it is", () => {
    const Packed = defineEvent("Packed", z.object({})).upcastTo(z.object({ by: z.string() }), () => ({ by: "nobody" }));
    expect(schemaOf(Packed)).toEqual({
      type: "record",
      name: "Packed",
      namespace: "tillstream.box",
      schemaVersion: 1,
      fields: [],
    });
    expect(schemaOf(Packed, 2)).toMatchObject({
      name: "Packed",
      schemaVersion: 2,
      fields: [{ name: "by", type: "string" }],
    });
    expect(avroSchemaOf(Packed, 1, "box", "my.company")).toMatchObject({ namespace: "my.company.box" });
    expect(() => schemaOf(Packed, 3)).toThrow("Packed has no v3; the latest is v2");
  });

  it("has a long for a whole number, a double for another, and enums for sets of words", () => {
    expect(fieldsOf({ count: z.int().positive(), weight: z.number(), sealed: z.boolean() })).toEqual([
      { name: "count", type: "long" },
      { name: "weight", type: "double" },
      { name: "sealed", type: "boolean" },
    ]);
    expect(fieldsOf({ size: z.enum(["s", "m"]), kind: z.literal("box"), odd: z.enum(["not a name"]) })).toEqual([
      { name: "size", type: { type: "enum", name: "Packed_size", symbols: ["s", "m"] } },
      { name: "kind", type: { type: "enum", name: "Packed_kind", symbols: ["box"] } },
      { name: "odd", type: "string" },
    ]);
  });

  it("has one enum with all the words of a union of words, whether they are alone or in sets", () => {
    const sized = (symbols: readonly string[]) => ({ type: "enum", name: "Packed_size", symbols });
    expect(fieldsOf({ size: z.union([z.literal("s"), z.enum(["m", "s"]), z.literal("l")]) })).toEqual([
      { name: "size", type: sized(["s", "m", "l"]) },
    ]);
    expect(fieldsOf({ size: z.union([z.literal("s"), z.null(), z.literal("m")]) })).toEqual([
      { name: "size", type: ["null", sized(["s", "m"])] },
    ]);
  });

  it("keeps what may be absent, what may be null and what has a default apart", () => {
    expect(
      fieldsOf({
        optional: z.string().optional(),
        nullable: z.string().nullable(),
        defaulted: z.array(z.string()).default([]),
        nulled: z.string().nullable().default(null),
        worded: z.string().nullable().default("x"),
      }),
    ).toEqual([
      { name: "optional", type: ["null", "string"], default: null },
      { name: "nullable", type: ["null", "string"] },
      { name: "defaulted", type: { type: "array", items: "string" }, default: [] },
      { name: "nulled", type: ["null", "string"], default: null, required: true },
      { name: "worded", type: ["string", "null"], default: "x" },
    ]);
  });

  it("has for fields that a version added the default that their upcaster gives, unless they have their own", () => {
    const Packed = defineEvent("Packed", z.object({})).upcastTo(
      z.object({ by: z.string(), at: z.string().nullable(), marks: z.array(z.string()).default(["own"]) }),
      () => ({ by: "nobody", at: null, marks: [] }),
      { by: "nobody", at: null, marks: [] },
    );
    expect(schemaOf(Packed, 2).fields).toEqual([
      { name: "by", type: "string", default: "nobody" },
      { name: "at", type: ["null", "string"], default: null, required: true },
      { name: "marks", type: { type: "array", items: "string" }, default: ["own"] },
    ]);
  });

  it("names nested records by their path, and the alternatives of a union by their constant", () => {
    const thing = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("cup"), handles: z.int() }),
      z.object({ kind: z.literal("rug"), size: z.object({ x: z.int() }) }),
    ]);
    const Packed = defineEvent("Packed", z.object({ things: z.array(thing), marks: z.record(z.string(), z.int()) }));
    const schema = schemaOf(Packed);
    const text = JSON.stringify(schema);
    for (const name of ["Packed_things_item_cup", "Packed_things_item_rug", "Packed_things_item_rug_size"])
      expect(text).toContain(`"name":"${name}"`);
    expect(schema.fields[1]).toEqual({ name: "marks", type: { type: "map", values: "long" } });
    expect(() => avro.Type.forSchema(schema as never, { wrapUnions: true })).not.toThrow();
  });

  it.each<[string, z.ZodType]>([
    ["Packed.it: optional and nullable at once", z.string().nullish()],
    ["Packed_it: a tuple", z.tuple([z.string()])],
    ["Packed_it: {}", z.unknown()],
    ["Packed_it: two alternatives are both array", z.union([z.array(z.string()), z.array(z.int())])],
    ["Packed_it: only strings", z.literal(5)],
  ])("refuses what Avro cannot say: %s", (message, type) => {
    expect(() => fieldsOf({ it: type })).toThrow(NotAvroError);
    expect(() => fieldsOf({ it: type })).toThrow(message);
  });

  it("refuses a field that is not an Avro name, and an event that is not an object", () => {
    expect(() => fieldsOf({ "not a name": z.string() })).toThrow('"not a name" is not a valid Avro name');
    expect(() => schemaOf(defineEvent("Packed", z.string()))).toThrow("an event's data is an object");
  });
});
