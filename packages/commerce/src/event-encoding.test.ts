import { avroSchemaOf, createAvroCodec, jsonSchemaOf } from "@tillstream/eventing";
import type { SchemaRegistry } from "@tillstream/eventing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { eventCatalogue } from "./modules.ts";
import { arbitraryOf } from "./testing/arbitrary-of.ts";

const versions = [...eventCatalogue.definitions.values()].flatMap((definition) =>
  definition.schemas.map((_, index) => [`${definition.type} v${index + 1}`, definition, index + 1] as const),
);

function inMemory(): SchemaRegistry {
  const schemas: string[] = [];
  return {
    register: async (_, schema) => (schemas.includes(schema) ? schemas.indexOf(schema) : schemas.push(schema) - 1),
    schemaOf: async (id) => schemas[id] ?? expect.fail(`no schema ${id}`),
  };
}

it("every event of the shop is under test", () => {
  expect(versions.map(([name]) => name)).toEqual(
    expect.arrayContaining(["OrderCreated v1", "OrderCreated v2", "MoneyDeposited v1"]),
  );
});

it.each(versions)(
  "%s comes back from Avro exactly as it went, whatever its data",
  async (_, definition, schemaVersion) => {
    const codec = createAvroCodec(inMemory());
    await fc.assert(
      fc.asyncProperty(arbitraryOf(jsonSchemaOf(definition, schemaVersion)), async (data) => {
        const event = { type: definition.type, schemaVersion, streamType: "any", data };
        const decoded = await codec.decode(await codec.encode(definition, event, "any-value"));
        expect(decoded).toStrictEqual({ type: definition.type, schemaVersion, data });
        expect(definition.upcast(decoded.data, schemaVersion)).toEqual(definition.upcast(data, schemaVersion));
      }),
    );
  },
);

it.each(versions)("%s has an Avro schema of its own version", (_, definition, version) => {
  expect(avroSchemaOf(definition, version, "any")).toMatchObject({ name: definition.type, schemaVersion: version });
});

it.each(versions.filter(([, definition, version]) => version > 1 && version === definition.latestVersion))(
  "%s: what Avro's readers take a field of earlier events to be is what its upcaster gives",
  (_, definition, version) => {
    fc.assert(
      fc.property(arbitraryOf(jsonSchemaOf(definition, version - 1)), (data) => {
        expect(definition.upcast(data, version - 1)).toMatchObject(definition.addedDefaults[version - 1] ?? {});
      }),
    );
  },
);
