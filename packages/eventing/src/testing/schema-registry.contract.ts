/** How a schema registry behaves towards writers and readers of events, as tests over a factory. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../event/definition.ts";
import { createAvroCodec } from "../registry/avro-codec.ts";
import { Added } from "./counter.ts";
import { IncompatibleSchemaError, RegistryError } from "../registry/schema-registry.ts";
import type { SchemaRegistry } from "../registry/schema-registry.ts";

export interface RegistryUnderTest extends AsyncDisposable {
  readonly registry: SchemaRegistry;
  /** The same registry as another process sees it. */
  readonly other: SchemaRegistry;
}

export const packed = (...fields: readonly object[]) => JSON.stringify({ type: "record", name: "Packed", fields });
export const byField = { name: "by", type: "string" };
export const weight = { name: "weight", type: "long" };

export function describeSchemaRegistry(name: string, create: () => Promise<RegistryUnderTest>): void {
  describe(`a schema registry (${name})`, () => {
    it("gives back what was registered, to any process", async () => {
      await using under = await create();
      const id = await under.registry.register("a-value", packed(byField));
      expect(JSON.parse(await under.registry.schemaOf(id))).toEqual(JSON.parse(packed(byField)));
      expect(await under.other.schemaOf(id)).toBe(await under.registry.schemaOf(id));
    });

    it("has one id for one schema, for any writer, spacing and subject", async () => {
      await using under = await create();
      const spaced = JSON.stringify(JSON.parse(packed({ type: { type: "string" }, name: "by" })), null, 2);
      const ids = await Promise.all([
        under.registry.register("a-value", packed(byField)),
        under.other.register("a-value", packed(byField)),
        under.registry.register("a-value", spaced),
        under.other.register("b/odd name-value", packed(byField)),
      ]);
      expect(new Set(ids).size).toBe(1);
      expect(await under.registry.register("a-value", packed(byField, { ...weight, default: 0 }))).not.toBe(ids[0]);
    });

    it("refuses a schema that cannot read the one before it, and names the field", async () => {
      await using under = await create();
      await under.registry.register("a-value", packed(byField));
      const refused = under.registry.register("a-value", packed(byField, weight));
      await expect(refused).rejects.toThrow(IncompatibleSchemaError);
      await expect(refused).rejects.toThrow(
        "field weight was added without a default: give it a default or publish it as optional",
      );
      await expect(under.registry.register("b-value", packed(byField, weight))).resolves.toBeTypeOf("number");
    });

    it("refuses an invalid schema, and an id that was never assigned", async () => {
      await using under = await create();
      await expect(under.registry.register("a-value", '{"type":"nonsense"}')).rejects.toMatchObject({ code: 42201 });
      await expect(under.registry.register("a-value", "not JSON")).rejects.toThrow(RegistryError);
      await expect(under.registry.schemaOf(4711)).rejects.toMatchObject({ code: 40403 });
    });

    it("of incompatible schemas that arrive at once, one is taken", async () => {
      await using under = await create();
      const schemas = ["a", "b", "c", "d"].map((field) => packed({ name: field, type: "string" }));
      const outcomes = await Promise.allSettled(
        schemas.map((schema, index) => (index % 2 === 0 ? under.registry : under.other).register("a-value", schema)),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(1);
    });

    it("takes an old event after a new one: the versions are registered in their order", async () => {
      await using under = await create();
      const Moved = defineEvent("Moved", z.object({ from: z.string() })).upcastTo(z.object({}), () => ({}));
      const codec = createAvroCodec(under.registry);
      const moved = (schemaVersion: number, data: object) =>
        codec.encode(Moved, { type: "Moved", schemaVersion, streamType: "counter", data }, "Moved-value");
      const bytes = [await moved(2, {}), await moved(1, { from: "here" })];
      const read = createAvroCodec(under.other);
      expect(await Promise.all(bytes.map((one) => read.decode(one)))).toEqual([
        { type: "Moved", schemaVersion: 2, data: {} },
        { type: "Moved", schemaVersion: 1, data: { from: "here" } },
      ]);
    });

    it("carries an event from one process to another", async () => {
      await using under = await create();
      const event = { ...Added.create({ by: 3 }), streamType: "counter" };
      const bytes = await createAvroCodec(under.registry).encode(Added, event, "Added-value");
      const decoded = await createAvroCodec(under.other).decode(bytes);
      expect(decoded).toEqual({ type: "Added", schemaVersion: 1, data: { by: 3 } });
    });
  });
}
