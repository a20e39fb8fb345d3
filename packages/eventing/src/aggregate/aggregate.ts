/**
 * An event-sourced aggregate: its decider, its events, and how its state is kept in snapshots. State is never
 * stored as such; it is what the events lead to.
 */
import type { EventCatalogue } from "../event/catalogue.ts";
import { createEventCatalogue } from "../event/catalogue.ts";
import type { Decider } from "../event/decider.ts";
import type { AnyEventDefinition, NewEvent, RecordedEvent, StoredEvent } from "../event/definition.ts";

export const SNAPSHOT_EVERY_DEFAULT = 1_000;

export interface AggregateSpec<State, Command, Event extends NewEvent> {
  readonly streamType: string;
  readonly events: readonly AnyEventDefinition[];
  readonly decider: Decider<State, Command, Event, Event>;
  /** Grows with every change of the state's shape: a snapshot of another version is ignored, not misread. */
  readonly stateVersion: number;
  /** A snapshot each time the stream's version is a multiple of this. */
  readonly snapshotEvery?: number;
}

export interface Aggregate<State, Command, Event extends NewEvent> extends Required<
  AggregateSpec<State, Command, Event>
> {
  readonly catalogue: EventCatalogue;
  streamId(id: string): string;
}

export function defineAggregate<State, Command, Event extends NewEvent>(
  spec: AggregateSpec<State, Command, Event>,
): Aggregate<State, Command, Event> {
  return {
    snapshotEvery: SNAPSHOT_EVERY_DEFAULT,
    ...spec,
    catalogue: createEventCatalogue(spec.events),
    streamId: (id) => `${spec.streamType}-${id}`,
  };
}

/** What snapshots and replays need of an aggregate, whatever its types. */
export type AnyAggregate = Aggregate<any, any, any>; // oxlint-disable-line no-explicit-any -- a list holds aggregates of unrelated types

/** A state and the version of the stream that it stands for; version 0 is the initial state. */
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

/** An event of the aggregate, upcast. Throws for a type that does not belong to it. */
export function readEvent(aggregate: AnyAggregate, stored: StoredEvent): RecordedEvent {
  const event = aggregate.catalogue.read(stored);
  if (event === undefined) throw new Error(`${stored.type} is not an event of ${aggregate.streamType}`);
  return event;
}
