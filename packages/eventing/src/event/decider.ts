/**
 * The contract of an aggregate, of which everything else is an interpreter (after Jeremie Chassaing's
 * decider): `decide` says which events a command leads to, `evolve` what an event does to the state.
 * Both are pure; `decide` throws a `Refusal` for a command that is not carried out.
 */
export interface Decider<State, Command, NewEvent, Event> {
  readonly initialState: State;
  decide(command: Command, state: State): readonly NewEvent[];
  evolve(state: State, event: Event): State;
}
