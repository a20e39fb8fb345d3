/**
 * An event-sourced aggregate: its decider, its events, and how its state is kept in snapshots. State is never
 * stored as such; it is what the events lead to.
 */
import type { EventCatalogue } from "../event/catalogue.ts";
import { createEventCatalogue } from "../event/catalogue.ts";
import type { Decider } from "../event/decider.ts";
import { UnreadableEventError } from "../event/definition.ts";
import type { AnyEventDefinition, NewEvent, RecordedEvent, StoredEvent } from "../event/definition.ts";

export const SNAPSHOT_EVERY_DEFAULT = 1_000;

/** Which types of events each type of command may lead to: an aggregate that declares one declares all. */
type CommandsOf<Command, Event extends NewEvent> = Readonly<
  Record<Command extends { readonly type: infer Type extends string } ? Type : never, readonly Event["type"][]>
>;

export interface AggregateSpec<State, Command, Event extends NewEvent> {
  readonly streamType: string;
  readonly events: readonly AnyEventDefinition[];
  /** For the map of the system; `misdeclared` tells whether they are true. */
  readonly commands?: CommandsOf<Command, Event>;
  readonly decider: Decider<State, Command, Event, Event>;
  /** Grows with every change of the state's shape: a snapshot of another version is ignored, not misread. */
  readonly stateVersion: number;
  /** A snapshot each time the stream's version is a multiple of this. */
  readonly snapshotEvery?: number;
}

/** What `defineAggregate` gives: the spec with its defaults, its events by type, and the names of its streams. */
export interface Aggregate<State, Command, Event extends NewEvent> extends Required<
  Omit<AggregateSpec<State, Command, Event>, "commands">
> {
  /** By the command's type; empty where none are declared. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  readonly catalogue: EventCatalogue;
  streamId(id: string): string;
}

/** An event-sourced aggregate: `executeIn` carries out its commands, `loadAggregate` replays it. */
export function defineAggregate<State, Command, Event extends NewEvent>(
  spec: AggregateSpec<State, Command, Event>,
): Aggregate<State, Command, Event> {
  return {
    snapshotEvery: SNAPSHOT_EVERY_DEFAULT,
    commands: {},
    ...spec,
    catalogue: createEventCatalogue(spec.events),
    streamId: (id) => `${spec.streamType}-${id}`,
  };
}

/** What snapshots and replays need of an aggregate of any types. */
export type AnyAggregate = Aggregate<any, any, any>; // oxlint-disable-line no-explicit-any -- a list holds aggregates of unrelated types

/** A state and the version of its stream; version 0 is the initial state. */
export interface Versioned<State> {
  readonly state: State;
  readonly version: number;
}

/** Rebuilds state by replaying history onto `from`, which is the initial state unless said otherwise. */
export function fromEvents<State, Command, Event extends NewEvent>(
  aggregate: Aggregate<State, Command, Event>,
  history: readonly StoredEvent[],
  from: Versioned<State> = { state: aggregate.decider.initialState, version: 0 },
): Versioned<State> {
  return history.reduce<Versioned<State>>(({ state, version }, stored) => {
    if (stored.version !== version + 1) throw new Error(`${stored.eventId} does not follow version ${version}`);
    return {
      state: aggregate.decider.evolve(state, readEvent(aggregate, stored) as unknown as Event),
      version: stored.version,
    };
  }, from);
}

/** An event of the aggregate, upcast. Throws `UnreadableEventError`, also for a type that does not belong to it. */
export function readEvent(aggregate: AnyAggregate, stored: StoredEvent): RecordedEvent {
  const event = aggregate.catalogue.read(stored);
  if (event !== undefined) return event;
  throw new UnreadableEventError(`${stored.type} is not known here as an event of ${aggregate.streamType}`);
}
