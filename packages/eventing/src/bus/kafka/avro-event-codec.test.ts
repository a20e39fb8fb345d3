import { expect, test } from "vitest";
import type { SchemaRegistry } from "../../registry/schema-registry.ts";
import { RegistryError } from "../../registry/schema-registry.ts";
import type { LoggedEvent } from "../../store/read.ts";
import { Added, counterEvents, testMetadata } from "../../testing/counter.ts";
import { memoryRegistry } from "../../testing/memory-registry.ts";
import { BusUnavailableError } from "../event-bus.ts";
import { createAvroEventCodec } from "./avro-event-codec.ts";
import { ForeignRecordError } from "./record.ts";

const event: LoggedEvent = {
  eventId: "a:1",
  streamId: "a",
  streamType: "counter",
  version: 1,
  position: 1,
  metadata: testMetadata,
  recordedAt: new Date(0),
  ...Added.create({ by: 3 }),
};

const codecOf = (registry: SchemaRegistry, topicBy: "type" | "aggregate" = "type") =>
  createAvroEventCodec({ registry, definitions: counterEvents, topicBy });

test("data comes back as it was, under the subject that the topics' naming asks for", async () => {
  const registry = memoryRegistry();
  for (const topicBy of ["type", "aggregate"] as const) {
    const codec = codecOf(registry, topicBy);
    expect(await codec.decode(await codec.encode(event, "t"))).toEqual({ by: 3 });
  }
  expect(registry.registered.map(([subject]) => subject)).toEqual(["t-value", "t-tillstream.counter.Added"]);
});

test("a registry that is away leaves all events waiting, one that refuses a schema only those of that type", async () => {
  const failing = (error: Error): SchemaRegistry => ({
    register: () => Promise.reject(error),
    schemaOf: () => Promise.reject(error),
  });
  await expect(codecOf(failing(new Error("connect ECONNREFUSED"))).encode(event, "t")).rejects.toThrow(
    BusUnavailableError,
  );
  await expect(codecOf(failing(new RegistryError(50001, "busy"))).encode(event, "t")).rejects.toThrow(
    BusUnavailableError,
  );
  await expect(codecOf(failing(new RegistryError(409, "no"))).encode(event, "t")).rejects.toThrow(RegistryError);
});

test("bytes of another format, and a type that is not known here, are no event", async () => {
  const codec = codecOf(memoryRegistry());
  await expect(codec.decode(Buffer.from("hello"))).rejects.toThrow(ForeignRecordError);
  await expect(codec.encode({ ...event, type: "Other" }, "t")).rejects.toThrow("not known");
});
