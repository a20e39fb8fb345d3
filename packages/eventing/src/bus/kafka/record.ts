/**
 * An event as a Kafka record and back. The value is what happened, encoded; everything else about the event is in
 * headers, so that a reader may choose, trace and order records without decoding them.
 */
import type { Message } from "@platformatic/kafka";
import type { EventMetadata } from "../../event/definition.ts";
import type { LoggedEvent } from "../../store/read.ts";
import type { EventCodec } from "./event-codec.ts";

export const HEADERS = {
  eventId: "event-id",
  type: "event-type",
  schemaVersion: "schema-version",
  streamId: "stream-id",
  streamType: "stream-type",
  version: "stream-version",
  position: "position",
  recordedAt: "recorded-at",
  correlationId: "correlation-id",
  causationId: "causation-id",
  actor: "actor",
  command: "command",
  traceparent: "traceparent",
} as const;

/** A foreign record: it lacks a header that every event has, or its value cannot be read. */
export class ForeignRecordError extends Error {
  override readonly name = "ForeignRecordError";
}

export interface EventRecord {
  readonly topic: string;
  readonly key: Buffer;
  readonly value: Buffer;
  readonly headers: Map<Buffer, Buffer>;
}

export async function recordOf(event: LoggedEvent, topic: string, codec: EventCodec): Promise<EventRecord> {
  const { metadata } = event;
  const headers: Record<string, string | number | undefined> = {
    [HEADERS.eventId]: event.eventId,
    [HEADERS.type]: event.type,
    [HEADERS.schemaVersion]: event.schemaVersion,
    [HEADERS.streamId]: event.streamId,
    [HEADERS.streamType]: event.streamType,
    [HEADERS.version]: event.version,
    [HEADERS.position]: event.position,
    [HEADERS.recordedAt]: event.recordedAt.toISOString(),
    [HEADERS.correlationId]: metadata.correlationId,
    [HEADERS.causationId]: metadata.causationId,
    [HEADERS.actor]: metadata.actor,
    [HEADERS.command]: metadata.command,
    [HEADERS.traceparent]: metadata.traceparent,
  };
  const present = Object.entries(headers).filter(([, value]) => value !== undefined);
  return {
    topic,
    key: Buffer.from(event.streamId),
    value: await codec.encode(event, topic),
    headers: new Map(present.map(([name, value]) => [Buffer.from(name), Buffer.from(String(value))])),
  };
}

export type ReceivedRecord = Pick<Message<Buffer, Buffer, Buffer, Buffer>, "headers" | "value">;

/** The event type that a record says it is, without reading further. */
export function typeOf({ headers }: Pick<ReceivedRecord, "headers">): string | undefined {
  for (const [name, value] of headers) if (name.toString() === HEADERS.type) return value.toString();
  return undefined;
}

/** Throws `ForeignRecordError`, or what the codec throws while the registry is away. */
export async function eventOf(record: ReceivedRecord, codec: EventCodec): Promise<LoggedEvent> {
  const headers = new Map([...record.headers].map(([name, value]) => [name.toString(), value.toString()]));
  function text(name: string): string {
    const value = headers.get(name);
    if (value === undefined) throw new ForeignRecordError(`a record without the header ${name}`);
    return value;
  }
  function count(name: string): number {
    const value = Number(text(name));
    if (!Number.isSafeInteger(value)) throw new ForeignRecordError(`the header ${name} is not a whole number`);
    return value;
  }
  const recordedAt = new Date(text(HEADERS.recordedAt));
  if (Number.isNaN(recordedAt.getTime()))
    throw new ForeignRecordError(`the header ${HEADERS.recordedAt} is not a valid timestamp`);
  const [command, traceparent] = [headers.get(HEADERS.command), headers.get(HEADERS.traceparent)];
  const metadata: EventMetadata = {
    correlationId: text(HEADERS.correlationId),
    causationId: text(HEADERS.causationId),
    actor: text(HEADERS.actor),
    ...(command !== undefined && { command }),
    ...(traceparent !== undefined && { traceparent }),
  };
  return {
    eventId: text(HEADERS.eventId),
    streamId: text(HEADERS.streamId),
    streamType: text(HEADERS.streamType),
    version: count(HEADERS.version),
    type: text(HEADERS.type),
    schemaVersion: count(HEADERS.schemaVersion),
    position: count(HEADERS.position),
    data: await codec.decode(record.value),
    metadata,
    recordedAt,
  };
}
