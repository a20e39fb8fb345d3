import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent, MalformedEventError, UnknownEventVersionError } from "../event/definition.ts";
import { cachedRegistry } from "./schema-registry.ts";
import { memoryRegistry } from "../testing/memory-registry.ts";
import { createAvroCodec } from "./avro-codec.ts";
import { frame, WireFormatError } from "./wire-format.ts";

const Packed = defineEvent(
  "Packed",
  z.object({
    note: z.string().optional(),
    weight: z.number().nullable(),
    marks: z.array(z.string()).default([]),
    inner: z.object({ by: z.string().optional() }).optional(),
    thing: z.union([
      z.object({ kind: z.literal("cup"), handles: z.int() }),
      z.object({ kind: z.literal("rug"), warm: z.boolean().optional() }),
      z.string(),
      z.int(),
    ]),
  }),
).upcastTo(z.object({ note: z.string() }), ({ note = "" }) => ({ note }));

const event = (data: unknown, schemaVersion = 1) => ({ type: "Packed", schemaVersion, streamType: "box", data });

async function roundTrip(data: unknown, schemaVersion = 1) {
  const codec = createAvroCodec(memoryRegistry());
  return codec.decode(await codec.encode(Packed, event(data, schemaVersion), "packed-value"));
}

describe("an event as Avro", () => {
  it.each([
    { thing: "a word", weight: null, marks: [] },
    { note: "", thing: 5, weight: 0.5, marks: ["a"], inner: {} },
    { thing: { kind: "cup", handles: 2 }, weight: null, marks: [], inner: { by: "me" } },
    { thing: { kind: "rug" }, weight: 1, marks: [] },
    { thing: { kind: "rug", warm: false }, weight: 1, marks: [] },
  ])("comes back exactly, what was absent still absent: %j", async (data) => {
    const decoded = await roundTrip(data);
    expect(decoded).toStrictEqual({ type: "Packed", schemaVersion: 1, data });
  });

  it("travels in the version it was written in; a default is filled in as it is for every reader", async () => {
    expect(await roundTrip({ thing: 1, weight: null })).toMatchObject({ schemaVersion: 1, data: { marks: [] } });
    expect(await roundTrip({ note: "n" }, 2)).toStrictEqual({ type: "Packed", schemaVersion: 2, data: { note: "n" } });
    await expect(roundTrip({ note: "n" }, 3)).rejects.toThrow(UnknownEventVersionError);
    await expect(roundTrip({ note: 5 }, 2)).rejects.toThrow(MalformedEventError);
  });

  it("is read with nothing but the registry, from the schema it was written with", async () => {
    const registry = memoryRegistry();
    const bytes = await createAvroCodec(registry).encode(Packed, event({ note: "n" }, 2), "packed-value");
    expect(await createAvroCodec(registry).decode(bytes)).toMatchObject({ type: "Packed", data: { note: "n" } });
  });

  it("bytes that are not an event are refused, not misread", async () => {
    const registry = memoryRegistry();
    const codec = createAvroCodec(registry);
    const bytes = await codec.encode(Packed, event({ note: "note" }, 2), "packed-value");
    await expect(codec.decode(Buffer.from("{}"))).rejects.toThrow(WireFormatError);
    await expect(codec.decode(bytes.subarray(0, 7))).rejects.toThrow(MalformedEventError);
    await expect(codec.decode(frame(77, Buffer.alloc(1)))).rejects.toThrow("Schema not found");
  });
});

it("every word of a union of words can be written and read", async () => {
  const Sized = defineEvent("Sized", z.object({ size: z.union([z.literal("s"), z.literal("m")]) }));
  const codec = createAvroCodec(memoryRegistry());
  for (const size of ["s", "m"]) {
    const sized = { type: "Sized", schemaVersion: 1, streamType: "box", data: { size } };
    expect(await codec.decode(await codec.encode(Sized, sized, "sized-value"))).toMatchObject({ data: { size } });
  }
});

it("a registry is asked once for each schema and id, and again after a failure", async () => {
  const inner = memoryRegistry();
  let away = true;
  let asked = 0;
  const registry = cachedRegistry({
    register: inner.register,
    async schemaOf(id) {
      asked += 1;
      if (away) throw new Error("away");
      return inner.schemaOf(id);
    },
  });
  const codec = createAvroCodec(registry);
  const [bytes] = await Promise.all([1, 2, 3].map(() => codec.encode(Packed, event({ note: "n" }, 2), "packed-value")));
  const types = () => inner.registered.map(([subject, schema]) => `${subject} v${JSON.parse(schema).schemaVersion}`);
  expect(types()).toEqual(["packed-value v1", "packed-value v2"]);
  await codec.encode(Packed, event({ note: "n" }, 2), "other-value");
  expect(types().slice(2)).toEqual(["other-value v1", "other-value v2"]);
  if (bytes === undefined) return expect.unreachable();
  await expect(codec.decode(bytes)).rejects.toThrow("away");
  away = false;
  await codec.decode(bytes);
  await codec.decode(bytes);
  expect(asked).toBe(2);
});
