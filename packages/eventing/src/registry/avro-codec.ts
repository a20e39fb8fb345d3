/**
 * Events as Avro in Confluent's wire format. An event travels in the schema of its own version, like it is stored; the
 * reader takes the writer's schema from the registry, and upcasts as it does for events from the store.
 */
import avro from "avsc";
import type { AnyEventDefinition, StoredEvent } from "../event/definition.ts";
import { MalformedEventError } from "../event/definition.ts";
import type { SchemaRegistry } from "./schema-registry.ts";
import { avroSchemaOf } from "../schema/avro-schema.ts";
import type { AvroRecord } from "../schema/avro-schema.ts";
import { fromAvro, toAvro } from "../schema/avro-values.ts";
import { frame, unframe } from "./wire-format.ts";

/** What the bytes say of an event; the rest of it travels beside them. */
export interface DecodedEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
}

export interface AvroCodec {
  /**
   * Registers the schema of the event's version under `subject`, after those before it, when that is new; gives the framed bytes.
   * Throws `MalformedEventError` for data that breaks its schema, and what the registry throws.
   * @param subject `<topic>-value` where a topic holds one type of event
   */
  encode(definition: AnyEventDefinition, event: EncodableEvent, subject: string): Promise<Buffer>;
  /** Throws `WireFormatError` for bytes of another format, `MalformedEventError` for a payload that its schema does not describe. */
  decode(bytes: Uint8Array): Promise<DecodedEvent>;
}

export type EncodableEvent = Pick<StoredEvent, "type" | "schemaVersion" | "streamType" | "data">;

/** A value type of the wire: the schema as written, and what avsc made of it. */
interface WireType {
  readonly schema: AvroRecord;
  readonly type: avro.Type;
}

/** What an event of one version is written with. */
interface Writer extends WireType {
  /** By subject; asked for once, since the way to the registry's own cache costs more than the event. */
  readonly ids: Map<string, number>;
}

/**
 * Schemas live as long as the process: there are as many as versions of events.
 * @param namespace begins the names of the schemas; `tillstream` by default
 */
export function createAvroCodec(registry: SchemaRegistry, namespace?: string): AvroCodec {
  const writers = new Map<string, Writer>();
  const readers = new Map<number, Promise<WireType>>();

  function writerOf(definition: AnyEventDefinition, { schemaVersion, streamType }: EncodableEvent): Writer {
    const key = `${streamType}/${definition.type}/${schemaVersion}`;
    const known = writers.get(key);
    if (known !== undefined) return known;
    const schema = avroSchemaOf(definition, schemaVersion, streamType, namespace);
    const writer = { ...wireType(schema), ids: new Map<string, number>() };
    writers.set(key, writer);
    return writer;
  }

  /** The versions before it first: a registry checks each against the last, and old events may come after new ones. */
  async function register(definition: AnyEventDefinition, event: EncodableEvent, subject: string): Promise<number> {
    const { schema, ids } = writerOf(definition, event);
    for (let schemaVersion = 1; schemaVersion < event.schemaVersion; schemaVersion += 1) {
      const before = writerOf(definition, { ...event, schemaVersion });
      await registry.register(subject, JSON.stringify(before.schema));
    }
    const id = await registry.register(subject, JSON.stringify(schema));
    ids.set(subject, id);
    return id;
  }

  function readerOf(schemaId: number): Promise<WireType> {
    const known = readers.get(schemaId);
    if (known !== undefined) return known;
    const reader = registry.schemaOf(schemaId).then((text) => wireType(JSON.parse(text) as AvroRecord)); // the registry keeps valid schemas only
    readers.set(schemaId, reader);
    reader.catch(() => readers.delete(schemaId)); // so that a registry that was away is asked again
    return reader;
  }

  return {
    async encode(definition, event, subject) {
      const writer = writerOf(definition, event);
      const data = definition.parse(event.data, event.schemaVersion);
      const schemaId = writer.ids.get(subject) ?? (await register(definition, event, subject));
      return frame(schemaId, write(writer.type, toAvro(writer.schema, data)));
    },
    async decode(bytes) {
      const { schemaId, payload } = unframe(bytes);
      const { schema, type } = await readerOf(schemaId);
      return {
        type: schema.name,
        schemaVersion: schema.schemaVersion ?? 1,
        data: fromAvro(schema, read(type, payload)),
      };
    },
  };
}

function wireType(schema: AvroRecord): WireType {
  // avsc's own type of a schema has no place for attributes such as `schemaVersion`, which Avro allows.
  return { schema, type: avro.Type.forSchema(schema as unknown as avro.Schema, { wrapUnions: true }) };
}

/** avsc refuses what its types cannot hold, such as an integer beyond 2^53 - 2. */
function write(type: avro.Type, value: unknown): Buffer {
  try {
    return type.toBuffer(value);
  } catch (error) {
    throw new MalformedEventError(`the data is not a valid ${type.name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function read(type: avro.Type, payload: Buffer): unknown {
  try {
    return type.fromBuffer(payload) as unknown;
  } catch (error) {
    throw new MalformedEventError(`the payload is not a valid ${type.name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
