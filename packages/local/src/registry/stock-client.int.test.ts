/** A client that others wrote, against the registry as the worker mounts it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { COMPATIBILITY, SchemaRegistry, SchemaType } from "@kafkajs/confluent-schema-registry";
import { eventCatalogue } from "@tillstream/commerce";
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { avroSchemaOf, createAvroCodec, createEmbeddedRegistry, registryEndpoint } from "@tillstream/eventing";
import { httpListener } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";

const MOUNT = "/schema-registry";
let test: TestDatabase;
let client: SchemaRegistry;
let close: () => Promise<unknown>;
beforeAll(async () => {
  test = await createTestDatabase();
  const server = createServer(httpListener(registryEndpoint({ db: test.database, mount: MOUNT })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  client = new SchemaRegistry({ host: `http://127.0.0.1:${port}${MOUNT}`, retry: { retries: 0 } });
  close = async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await test[Symbol.asyncDispose]();
  };
});
afterAll(() => close());

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
  await expect(client.getLatestSchemaId("nobody-value")).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining("not found"),
  });
  await expect(client.getSchema(987_654)).rejects.toMatchObject({ status: 404 });
});

it("reads our events, and we read what it writes", async () => {
  const definition = eventCatalogue.definitions.get("OrderCancelled") ?? expect.fail("no such event");
  const data = { orderId: "1", reason: { code: "X", message: "because" } };
  const codec = createAvroCodec(createEmbeddedRegistry(test.database));
  const event = { type: "OrderCancelled", schemaVersion: 1, streamType: "order", data };
  const bytes = await codec.encode(definition, event, "OrderCancelled-value");
  const theirs: unknown = await client.decode(bytes);
  expect(JSON.parse(JSON.stringify(theirs))).toEqual(data);
  const schema = { type: SchemaType.AVRO as const, schema: JSON.stringify(avroSchemaOf(definition, 1, "order")) };
  const { id } = await client.register(schema, { subject: "OrderCancelled-value" });
  expect(await codec.decode(await client.encode(id, data))).toEqual({ type: "OrderCancelled", schemaVersion: 1, data });
});
