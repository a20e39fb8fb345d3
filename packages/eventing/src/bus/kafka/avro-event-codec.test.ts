import { systemScheduler } from "@tillstream/runtime";
import { expect, test } from "vitest";
import { createHttpRegistry } from "../../registry/http-registry.ts";
import type { SchemaRegistry } from "../../registry/schema-registry.ts";
import { RegistryError } from "../../registry/schema-registry.ts";
import type { LoggedEvent } from "../../store/read.ts";
import { Added, counterEvents, testMetadata } from "../../testing/counter.ts";
import { memoryRegistry } from "../../testing/memory-registry.ts";
import { BusUnavailableError } from "../event-bus.ts";
import { createAvroEventCodec } from "./avro-event-codec.ts";
import type { EventCodec } from "./event-codec.ts";
import { eventOf, ForeignRecordError, recordOf } from "./record.ts";

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

test("an event comes back from its record as it was, whatever its metadata has", async () => {
  const codec = codecOf(memoryRegistry());
  for (const more of [{}, { command: "count.add", traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` }]) {
    const told = { ...event, metadata: { ...testMetadata, ...more } };
    expect(await eventOf(await recordOf(told, "t", codec), codec)).toEqual(told);
  }
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

test.each([401, 403, 404, 408, 429, 40101, 50002])(
  "a registry that answers %i once says nothing about the event: it waits, and is written and read afterwards",
  async (code) => {
    const known = memoryRegistry();
    const bytes = await codecOf(known).encode(event, "t");
    for (const use of [
      (codec: EventCodec) => codec.encode(event, "t"),
      (codec: EventCodec) => codec.decode(bytes).then((data) => codecOf(known).encode({ ...event, data }, "t")),
    ]) {
      let refusals = 1;
      const fetch: typeof globalThis.fetch = async (address) => {
        refusals -= 1;
        if (refusals >= 0) {
          const body = { error_code: code, message: "not now" };
          return Response.json(body, { status: Number(String(code).slice(0, 3)) });
        }
        const isById = new Request(address).url.includes("/schemas/ids/");
        return Response.json(isById ? { schema: await known.schemaOf(1) } : { id: 1 });
      };
      const codec = codecOf(createHttpRegistry({ url: "http://registry:8081", fetch, scheduler: systemScheduler }));
      await expect(use(codec)).rejects.toThrow(BusUnavailableError);
      expect(await use(codec)).toEqual(bytes);
    }
  },
);

test("a record with an id that the registry never assigned is not an event", async () => {
  const bytes = await codecOf(memoryRegistry()).encode(event, "t");
  await expect(codecOf(memoryRegistry()).decode(bytes)).rejects.toThrow(ForeignRecordError);
});

test("bytes of another format, and a type that is not known here, are not an event", async () => {
  const codec = codecOf(memoryRegistry());
  await expect(codec.decode(Buffer.from("hello"))).rejects.toThrow(ForeignRecordError);
  await expect(codec.encode({ ...event, type: "Other" }, "t")).rejects.toThrow("not known");
});
