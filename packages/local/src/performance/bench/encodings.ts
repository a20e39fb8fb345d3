/**
 * Events of the shop as JSON, Avro and Protobuf: bytes, and the time to write and to read one. All three validate before
 * they write and upcast after they read, as the shop does; that part is also shown by itself.
 */
import { eventCatalogue } from "@tillstream/commerce";
import { createAvroCodec, jsonSchemaOf } from "@tillstream/eventing";
import type { AnyEventDefinition, SchemaRegistry } from "@tillstream/eventing";
import { median } from "./measure.ts";
import { protobufType } from "./protobuf-type.ts";

const ROUNDS = 7;
const SUBJECT = "bench-value";

interface Sample {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
}

const ORDER_ID = "019ab3c2-7d54-7c1e-9f0a-3b6d8e21c477";
const lines = ["coupe-dinner-plate-celadon", "pleated-table-lamp-indigo-large", "linen-tea-towels-clay"].map(
  (sku, index) => ({
    sku,
    name: sku.replaceAll("-", " "),
    image: `/products/${sku}.svg`,
    quantity: index + 1,
    unitPrice: 1_250 * (index + 1),
  }),
);
const samples: readonly Sample[] = [
  { type: "OrderCreated", schemaVersion: 1, data: { orderId: ORDER_ID, total: 17_500, lines } },
  { type: "OrderCreated", schemaVersion: 2, data: { orderId: ORDER_ID, total: 17_500, currency: "USD", lines } },
  {
    type: "PaymentCaptured",
    schemaVersion: 1,
    data: { orderId: ORDER_ID, chargeId: "ch_019ab3c27d54", amount: 17_500, currency: "USD" },
  },
  { type: "MoneyDeposited", schemaVersion: 1, data: { accountId: ORDER_ID, amount: 50_000 } },
];

export interface Encoding {
  readonly event: string;
  readonly encoding: string;
  readonly bytes: number;
  /** Microseconds an event, validation included. */
  readonly writeUs: number;
  /** Microseconds an event, upcasting included. */
  readonly readUs: number;
}

/** @param times events written and read in each of the rounds */
export async function measureEncodings(times: number): Promise<Encoding[]> {
  const results: Encoding[] = [];
  for (const sample of samples) {
    const definition = eventCatalogue.definitions.get(sample.type);
    if (definition === undefined) throw new Error(`${sample.type} is not defined`);
    for (const [encoding, contestant] of Object.entries(contestants(definition, sample))) {
      const { bytes, writeUs, readUs } = await measure(contestant, times);
      results.push({ event: `${sample.type} v${sample.schemaVersion}`, encoding, bytes, writeUs, readUs });
    }
  }
  return results;
}

interface Contestant {
  write(): Uint8Array | Promise<Uint8Array>;
  read(bytes: Uint8Array): unknown;
}

function contestants(
  definition: AnyEventDefinition,
  { type, schemaVersion, data }: Sample,
): Record<string, Contestant> {
  const validated = () => definition.parse(data, schemaVersion) as object; // the samples are objects
  const upcast = (read: unknown): unknown => definition.upcast(read, schemaVersion);
  const codec = createAvroCodec(inMemory());
  const event = { type, schemaVersion, streamType: "order", data };
  const protobuf = protobufType(type, jsonSchemaOf(definition, schemaVersion));
  const nothing = new Uint8Array();
  return {
    "(validating and upcasting alone)": { write: () => (validated(), nothing), read: () => upcast(data) },
    JSON: {
      write: () => Buffer.from(JSON.stringify({ type, schemaVersion, data: validated() })),
      read: (bytes) => upcast((JSON.parse(Buffer.from(bytes).toString()) as { data: unknown }).data),
    },
    Avro: {
      write: () => codec.encode(definition, event, SUBJECT),
      read: async (bytes) => upcast((await codec.decode(bytes)).data),
    },
    Protobuf: { write: () => protobuf.encode(validated()), read: (bytes) => upcast(protobuf.decode(bytes)) },
  };
}

async function measure({ write, read }: Contestant, times: number) {
  const bytes = await write();
  const writes: number[] = [];
  const reads: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const wrote = await microseconds(write, times);
    const readBack = await microseconds(() => read(bytes), times);
    if (round < 0) continue; // the first warms up
    writes.push(wrote);
    reads.push(readBack);
  }
  return { bytes: bytes.length, writeUs: median(writes), readUs: median(reads) };
}

/** A promise is awaited only where there is one, or it would be measured too. */
async function microseconds(work: () => unknown, times: number): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < times; index += 1) {
    const done = work();
    if (done instanceof Promise) await done;
  }
  return ((performance.now() - started) * 1_000) / times;
}

function inMemory(): SchemaRegistry {
  const schemas: string[] = [];
  return {
    register: async (_, schema) => (schemas.includes(schema) ? schemas.indexOf(schema) : schemas.push(schema) - 1),
    async schemaOf(id) {
      const schema = schemas[id];
      if (schema === undefined) throw new Error(`no schema ${id}`);
      return schema;
    },
  };
}
