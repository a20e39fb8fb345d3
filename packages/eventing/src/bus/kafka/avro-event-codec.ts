/**
 * Event data as Avro in Confluent's wire format. Subjects are named as Confluent's strategies name them: `<topic>-value`
 * where a topic holds one type of event, `<topic>-<record's full name>` where it holds several.
 */
import type { AnyEventDefinition } from "../../event/definition.ts";
import { MalformedEventError } from "../../event/definition.ts";
import { RegistryError } from "../../registry/schema-registry.ts";
import type { SchemaRegistry } from "../../registry/schema-registry.ts";
import { createAvroCodec } from "../../registry/avro-codec.ts";
import { avroSchemaOf, NotAvroError } from "../../schema/avro-schema.ts";
import { WireFormatError } from "../../registry/wire-format.ts";
import { isTransient } from "../../postgres/sql-errors.ts";
import { BusUnavailableError } from "../event-bus.ts";
import type { KafkaSettings } from "./cluster.ts";
import type { EventCodec } from "./event-codec.ts";
import { ForeignRecordError } from "./record.ts";

/** With these a registry refuses the schema itself. All else, such as 401 or 429, it would say of any event. */
const SCHEMA_REFUSED = new Set([409, 422]);
/** No record of ours has an id that the registry never gave. A 404 without this code is an address without a registry. */
const SCHEMA_NOT_FOUND = 40403;

export interface AvroEventCodecOptions {
  readonly registry: SchemaRegistry;
  readonly definitions: readonly AnyEventDefinition[];
  readonly topicBy: KafkaSettings["topicBy"];
  /** Begins the names of the schemas; `tillstream` by default. */
  readonly namespace?: string;
}

/** Throws `BusUnavailableError` while the registry is away. */
export function createAvroEventCodec({
  registry,
  definitions,
  topicBy,
  namespace: prefix,
}: AvroEventCodecOptions): EventCodec {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  const avro = createAvroCodec(registry, prefix);
  const recordNames = new Map<string, string>();

  function recordName(definition: AnyEventDefinition, streamType: string): string {
    const key = `${streamType}/${definition.type}`;
    const known = recordNames.get(key);
    if (known !== undefined) return known;
    const { namespace, name } = avroSchemaOf(definition, definition.latestVersion, streamType, prefix);
    const fullName = namespace === undefined ? name : `${namespace}.${name}`;
    recordNames.set(key, fullName);
    return fullName;
  }

  return {
    async encode(event, topic) {
      const definition = byType.get(event.type);
      if (definition === undefined) throw new MalformedEventError(`${event.type} is not known here`);
      try {
        const subject = topicBy === "type" ? `${topic}-value` : `${topic}-${recordName(definition, event.streamType)}`;
        return await avro.encode(definition, event, subject);
      } catch (error) {
        throw isEventFault(error) ? error : unavailable(error);
      }
    },
    async decode(bytes) {
      try {
        return (await avro.decode(bytes)).data;
      } catch (error) {
        if (!isRecordFault(error)) throw unavailable(error);
        throw new ForeignRecordError((error as Error).message, { cause: error });
      }
    },
  };
}

function isEventFault(error: unknown): boolean {
  if (error instanceof RegistryError) return SCHEMA_REFUSED.has(Number(String(error.code).slice(0, 3)));
  return [MalformedEventError, NotAvroError, WireFormatError].some((kind) => error instanceof kind);
}

function isRecordFault(error: unknown): boolean {
  return isEventFault(error) || (error instanceof RegistryError && error.code === SCHEMA_NOT_FOUND);
}

function unavailable(error: unknown): unknown {
  if (isTransient(error)) return error;
  return new BusUnavailableError(`the schema registry: ${(error as Error).message}`, { cause: error });
}
