import type { EventMetadata, StoredEvent } from "./definition.ts";

/**
 * Metadata for an event that a consumer appends in reaction to another: one story with its cause, and caused by it. A
 * choreography has no run that could be looked up: this chain is what shows it as one flow.
 */
export function followUp(
  { eventId, metadata: { command: _, ...story } }: Pick<StoredEvent, "eventId" | "metadata">,
  consumer: string,
): EventMetadata {
  return { ...story, causationId: eventId, actor: `consumer:${consumer}` };
}
