/**
 * A state-stored aggregate: its state is a row, which is changed only together with its events. The same decider as of an
 * event-sourced one; history says how the row came about, and replaying it leads to the same state.
 */
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { NewEvent } from "../event/definition.ts";
import type { Aggregate, Versioned } from "./aggregate.ts";

/** How the state is kept in a row. */
export interface StateRow<State, Event extends NewEvent> {
  /** The state in its row, which stays locked until the transaction ends. Undefined before the first event. */
  load(tx: SqlExecutor, id: string): Promise<Versioned<State> | undefined>;
  /** The statement that writes the row as it is after `events`, to be carried out with their append under the row's lock; undefined for nothing. */
  store(id: string, after: Versioned<State>, events: readonly Event[]): Sql | undefined;
}

export type StateStored<State, Command, Event extends NewEvent> = Aggregate<State, Command, Event> &
  StateRow<State, Event>;

/** The aggregate with its state in a row: `executeIn` carries out its commands as it does those of an event-sourced one. */
export function defineStateStored<State, Command, Event extends NewEvent>(
  aggregate: Aggregate<State, Command, Event>,
  row: StateRow<State, Event>,
): StateStored<State, Command, Event> {
  return { ...aggregate, ...row };
}
