/**
 * Events as spans, by OpenTelemetry's conventions for messaging (names and attributes as of semantic conventions 1.45).
 * An event carries the span in which it was appended; sending it and processing it, by every subscription and on every
 * bus, are children of that one. What is processed together is linked to the span of its batch.
 */
import { activeTraceparent, inSpan, linkTo, SpanKind, spanFailed, startSpan } from "@tillstream/runtime";
import type { Attributes } from "@tillstream/runtime";
import type { StoredEvent } from "./definition.ts";

/** What carries an event, and where to. */
export interface Messaging {
  readonly system: "postgresql" | "kafka";
  destinationOf(type: string): string;
}

export const POSTGRES_MESSAGING: Messaging = { system: "postgresql", destinationOf: (type) => type };

/** What a span says of an event. */
export type TracedEvent = Pick<StoredEvent, "eventId" | "type" | "metadata">;

export const isTraced = ({ metadata }: TracedEvent): boolean => metadata.traceparent !== undefined;

/** Spans of events that the relay has just published, each since it was recorded, both by the clock of Postgres. */
export function traceSent(
  messaging: Messaging,
  events: readonly (TracedEvent & Pick<StoredEvent, "recordedAt">)[],
  publishedAt: Date,
): void {
  for (const event of events) {
    const span = messageSpan(messaging, "send", event);
    startSpan({ ...span, kind: SpanKind.PRODUCER, startTime: event.recordedAt }).end(publishedAt);
  }
}

/** Where a subscription processes events: whose they are, and by which bus they came. */
export interface Processing {
  readonly messaging: Messaging;
  readonly subscription: string;
}

/** What is done about one event, in its own span; without `at`, in none. */
export function processOne(at: Processing | undefined, event: TracedEvent, work: () => Promise<void>): Promise<void> {
  return at === undefined ? work() : inSpan(processSpan(at, event), work);
}

/** What is done about several events at once: each has a span of its own meanwhile. */
export async function processTogether<Result>(
  at: Processing | undefined,
  events: readonly TracedEvent[],
  work: () => Promise<Result>,
): Promise<Result> {
  const spans = at === undefined ? [] : events.map((event) => startSpan(processSpan(at, event)));
  try {
    return await work();
  } catch (error) {
    for (const span of spans) spanFailed(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

/** The transaction of several events; of one, the event's own span says it all. */
export function inBatch<Result>(
  { messaging, subscription }: Processing,
  events: readonly TracedEvent[],
  work: () => Promise<Result>,
): Promise<Result> {
  if (events.length < 2) return work();
  const attributes = {
    "messaging.system": messaging.system,
    "messaging.operation.name": "process",
    "messaging.operation.type": "process",
    "messaging.consumer.group.name": subscription,
    "messaging.batch.message_count": events.length,
  };
  return inSpan({ name: `process ${subscription}`, kind: SpanKind.CONSUMER, attributes, root: true }, work);
}

function processSpan({ messaging, subscription }: Processing, event: TracedEvent) {
  const span = messageSpan(messaging, "process", event);
  const attributes: Attributes = { ...span.attributes, "messaging.consumer.group.name": subscription };
  return { ...span, kind: SpanKind.CONSUMER, attributes, links: [linkTo(activeTraceparent())] };
}

function messageSpan({ system, destinationOf }: Messaging, operation: "send" | "process", event: TracedEvent) {
  const { eventId, type, metadata } = event;
  const destination = destinationOf(type);
  return {
    name: `${operation} ${destination}`,
    story: metadata,
    attributes: {
      "messaging.system": system,
      "messaging.destination.name": destination,
      "messaging.operation.name": operation,
      "messaging.operation.type": operation,
      "messaging.message.id": eventId,
      "messaging.message.conversation_id": metadata.correlationId,
      "tillstream.event.type": type,
    },
  };
}
