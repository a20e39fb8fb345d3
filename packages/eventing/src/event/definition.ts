/**
 * Event types and their versions. A stored event never changes: it keeps the schema version it was
 * written with, and every reader gets the latest version through the chain of upcasters.
 */
import type { z } from "zod";

/** An event on its way into the store, always of the latest version. */
export interface NewEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly schemaVersion: number;
  readonly data: Data;
}

/** Who and what an event goes back to. */
export interface EventMetadata {
  /** One id for everything that follows from one command. */
  readonly correlationId: string;
  /** The command, event or saga step that caused this event. */
  readonly causationId: string;
  /** `guest`, `user:<id>`, `saga:<name>` or `system`. */
  readonly actor: string;
  /** The name of the command, on the events that it appended itself. */
  readonly command?: string | undefined;
  /** W3C: the span in which the event was appended. */
  readonly traceparent?: string | undefined;
}

/** An event as it is stored, its data as written. */
export interface StoredEvent {
  readonly eventId: string;
  readonly streamId: string;
  readonly streamType: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
  readonly metadata: EventMetadata;
  readonly recordedAt: Date;
}

/** An event as readers see it: data of the latest version. */
export interface RecordedEvent<Type extends string = string, Data = unknown> extends StoredEvent {
  readonly type: Type;
  readonly data: Data;
}

/** A stored event that this code cannot read. */
export class UnreadableEventError extends Error {
  override readonly name: string = "UnreadableEventError";
}

/** A version newer than this code knows. The event is parked, never misread. */
export class UnknownEventVersionError extends UnreadableEventError {
  override readonly name = "UnknownEventVersionError";
}

/** The stored data does not satisfy the schema of its own version. */
export class MalformedEventError extends UnreadableEventError {
  override readonly name = "MalformedEventError";
}

/** One event type: its schema versions, oldest first, and what brings a payload to the latest. */
export interface EventDefinition<Type extends string = string, Data = unknown> {
  readonly type: Type;
  /** The latest version; versions count from 1. */
  readonly latestVersion: number;
  /** The schema of each version; index 0 is version 1. */
  readonly schemas: readonly z.ZodType[];
  /** For each version, what the fields that it added are taken to be in events from before; index 0 is version 1. */
  readonly addedDefaults: readonly Readonly<Record<string, unknown>>[];
  /** Makes a new event of the latest version; throws `MalformedEventError` for data that breaks the schema. */
  create(data: Data): NewEvent<Type, Data>;
  /** The data as the schema of its own version gives it, defaults filled in. Throws like `upcast`. */
  parse(data: unknown, schemaVersion: number): unknown;
  /** Parses data of `schemaVersion` and brings it to the latest version. */
  upcast(data: unknown, schemaVersion: number): Data;
  /**
   * Publishes the next version, with the upcaster from the one before.
   * @param addedDefaults what the upcaster gives for fields that the version adds, where that is always the same: readers
   * who have only the Avro schema go by it. A field that is optional, or has a default of its own, needs none.
   */
  upcastTo<Next extends z.ZodType>(
    schema: Next,
    upcaster: (data: Data) => z.output<Next>,
    addedDefaults?: Partial<z.output<Next>>,
  ): EventDefinition<Type, z.output<Next>>;
}

type Upcaster = (data: never) => unknown;

/** One version: its schema, how the version before is brought to it, and the constants among what that adds. */
interface VersionStep {
  readonly schema: z.ZodType;
  readonly upcaster: Upcaster;
  readonly addedDefaults: Readonly<Record<string, unknown>>;
}

/** Defines an event type by the schema of its first version. */
export function defineEvent<Type extends string, Schema extends z.ZodType>(
  type: Type,
  schema: Schema,
): EventDefinition<Type, z.output<Schema>> {
  return build<Type, z.output<Schema>>(type, [{ schema, upcaster: (data) => data, addedDefaults: {} }]);
}

function build<Type extends string, Data>(type: Type, steps: readonly VersionStep[]): EventDefinition<Type, Data> {
  const schemas = steps.map(({ schema }) => schema);
  const latestVersion = schemas.length;

  function parse(data: unknown, schemaVersion: number): unknown {
    const schema = schemas[schemaVersion - 1];
    if (schema === undefined) {
      throw new UnknownEventVersionError(
        `${type} v${schemaVersion} is not known here; the latest is v${latestVersion}`,
      );
    }
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
    throw new MalformedEventError(`${type} v${schemaVersion}: ${problems}`);
  }

  return {
    type,
    latestVersion,
    schemas,
    addedDefaults: steps.map(({ addedDefaults }) => addedDefaults),
    create: (data) => ({ type, schemaVersion: latestVersion, data: parse(data, latestVersion) as Data }), // the latest schema's output is Data
    parse,
    upcast(data, schemaVersion) {
      const parsed = parse(data, schemaVersion);
      // Each upcaster takes the output of the schema before it: `upcastTo` has checked the chain's types.
      const later = steps.slice(schemaVersion);
      return later.reduce<unknown>((current, { upcaster }) => upcaster(current as never), parsed) as Data;
    },
    upcastTo: (schema, upcaster, addedDefaults = {}) => build(type, [...steps, { schema, upcaster, addedDefaults }]),
  };
}

/** The data type of a definition. */
export type DataOf<Definition> = Definition extends EventDefinition<string, infer Data> ? Data : never;

/** A definition of any data type, as lists of definitions hold it. */
export type AnyEventDefinition = EventDefinition<string, any>; // oxlint-disable-line no-explicit-any -- data is both consumed and produced, so only `any` takes every definition

/** The union of the recorded events of several definitions. */
export type EventOf<Definitions extends readonly AnyEventDefinition[]> = {
  [Index in keyof Definitions]: Definitions[Index] extends EventDefinition<infer Type, infer Data>
    ? RecordedEvent<Type, Data>
    : never;
}[number];

/** The union of the new events of several definitions. */
export type NewEventOf<Definitions extends readonly AnyEventDefinition[]> = {
  [Index in keyof Definitions]: Definitions[Index] extends EventDefinition<infer Type, infer Data>
    ? NewEvent<Type, Data>
    : never;
}[number];
