/** All event types that this deployment knows, by name: the reader's side of `defineEvent`. */
import type { AnyEventDefinition, RecordedEvent, StoredEvent } from "./definition.ts";

/** Event definitions by type: reads what was stored, upcast to the latest version. */
export interface EventCatalogue {
  readonly definitions: ReadonlyMap<string, AnyEventDefinition>;
  /** Brings a stored event to the latest version; undefined for a type that is not known here. */
  read(event: StoredEvent): RecordedEvent | undefined;
}

/** Throws where two definitions have one type. */
export function createEventCatalogue(definitions: readonly AnyEventDefinition[]): EventCatalogue {
  const byType = new Map<string, AnyEventDefinition>();
  for (const definition of definitions) {
    if (byType.has(definition.type)) throw new Error(`event type ${definition.type} is defined twice`);
    byType.set(definition.type, definition);
  }
  return {
    definitions: byType,
    read(event) {
      const definition = byType.get(event.type);
      return definition && { ...event, data: definition.upcast(event.data, event.schemaVersion) };
    },
  };
}
