/** A client that others wrote, against the registry as the worker mounts it. */
import { COMPATIBILITY, SchemaRegistry, SchemaType } from "@kafkajs/confluent-schema-registry";
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../event/definition.ts";
import { avroSchemaOf } from "../schema/avro-schema.ts";
import { startRegistryServer } from "../testing/registry-server.ts";
import type { RegistryServer } from "../testing/registry-server.ts";
import { createAvroCodec } from "./avro-codec.ts";
import { createEmbeddedRegistry } from "./embedded-registry.ts";

const MOUNT = "/schema-registry";
const Refused = defineEvent(
  "Refused",
  z.object({ by: z.string(), reason: z.object({ code: z.string(), message: z.string() }) }),
);

let test: TestDatabase;
let server: RegistryServer;
let client: SchemaRegistry;
beforeAll(async () => {
  test = await createTestDatabase();
  server = await startRegistryServer(test.database, MOUNT);
  client = new SchemaRegistry({ host: server.url, retry: { retries: 0 } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

const packed = (...fields: readonly object[]) => ({
  type: SchemaType.AVRO as const,
  schema: JSON.stringify({ type: "record", name: "Packed", namespace: "test", fields }),
});
const by = { name: "by", type: "string" };

it("registers, and gets the same id for the same schema", async () => {
  const { id } = await client.register(packed(by), { subject: "packed-value" });
  expect(await client.register(packed(by), { subject: "packed-value" })).toEqual({ id });
  expect(await client.getRegistryIdBySchema("packed-value", packed(by))).toBe(id);
  expect(await client.getRegistryId("packed-value", 1)).toBe(id);
  expect(await client.getLatestSchemaId("packed-value")).toBe(id);
});

it("fetches a schema and reads what it wrote", async () => {
  const { id } = await client.register(packed(by), { subject: "read-value" });
  const bytes = await client.encode(id, { by: "me" });
  expect({ ...(await client.decode(bytes)) }).toEqual({ by: "me" });
});

it("is told that a schema is incompatible, and why, and keeps its own level otherwise", async () => {
  await client.register(packed(by), { subject: "strict-value" });
  const breaking = packed(by, { name: "weight", type: "long" });
  await expect(client.register(breaking, { subject: "strict-value" })).rejects.toThrow(
    "field weight was added without a default",
  );
  await expect(
    client.register(breaking, { subject: "strict-value", compatibility: COMPATIBILITY.NONE }),
  ).rejects.toThrow("Compatibility does not match the configuration (NONE != BACKWARD)");
  await client.register(packed(by), { subject: "loose-value", compatibility: COMPATIBILITY.NONE });
  await expect(
    client.register(breaking, { subject: "loose-value", compatibility: COMPATIBILITY.NONE }),
  ).resolves.toHaveProperty("id");
});

it("gets the documented errors", async () => {
  await expect(client.getLatestSchemaId("unknown-value")).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining("not found"),
  });
  await expect(client.getSchema(987_654)).rejects.toMatchObject({ status: 404 });
});

it("reads our events, and we read what it writes", async () => {
  const data = { by: "1", reason: { code: "X", message: "because" } };
  const codec = createAvroCodec(createEmbeddedRegistry(test.database));
  const event = { type: "Refused", schemaVersion: 1, streamType: "counter", data };
  const bytes = await codec.encode(Refused, event, "Refused-value");
  const theirs: unknown = await client.decode(bytes);
  expect(JSON.parse(JSON.stringify(theirs))).toEqual(data);
  const schema = { type: SchemaType.AVRO as const, schema: JSON.stringify(avroSchemaOf(Refused, 1, "counter")) };
  const { id } = await client.register(schema, { subject: "Refused-value" });
  expect(await codec.decode(await client.encode(id, data))).toEqual({ type: "Refused", schemaVersion: 1, data });
});
