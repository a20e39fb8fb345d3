/**
 * Specifications of a decider, as examples and for properties:
 *
 *     specify(account).given([Opened.create({ id })]).when({ type: "withdraw", amount: 1 }).thenRefused("INSUFFICIENT_FUNDS");
 *
 * Nothing is stored and nothing waits: only `decide` and `evolve` are asked.
 */
import { deepEqual, equal, fail } from "node:assert/strict";
import type { Decider } from "../event/decider.ts";
import { Refusal } from "../event/refusal.ts";

/** What came of commands that were carried out one after the other. */
export interface Played<State, Event> {
  readonly events: readonly Event[];
  /** The initial state, and the state after each event. */
  readonly states: readonly State[];
  readonly state: State;
  /** The codes of the commands that were refused; those changed nothing. */
  readonly refusals: readonly string[];
}

interface Outcome<Event> {
  /** The events that the command leads to, in order; none when it changes nothing. */
  then(expected: readonly Event[]): void;
  thenRefused(code: string): void;
}

interface Specification<State, Command, Event> {
  given(history: readonly Event[]): { when(command: Command): Outcome<Event> };
  play(commands: readonly Command[]): Played<State, Event>;
}

/** Given a history, when a command comes, then these events, or this refusal. */
export function specify<State, Command, Event>(
  decider: Decider<State, Command, Event, Event>,
): Specification<State, Command, Event> {
  return {
    given: (history) => ({
      when(command) {
        const decided = decideOn(decider, command, history.reduce(decider.evolve, decider.initialState));
        return {
          // oxlint-disable-next-line unicorn/no-thenable -- the field's word; a specification is never awaited
          then(expected) {
            if (decided instanceof Refusal) fail(`refused: ${decided.code} ${decided.message}`);
            deepEqual(decided, expected);
          },
          thenRefused(code) {
            if (!(decided instanceof Refusal)) fail(`not refused, but decided: ${JSON.stringify(decided)}`);
            equal(decided.code, code);
          },
        };
      },
    }),
    play(commands) {
      const events: Event[] = [];
      const refusals: string[] = [];
      let state = decider.initialState;
      const states = [state];
      for (const command of commands) {
        const decided = decideOn(decider, command, state);
        if (decided instanceof Refusal) refusals.push(decided.code);
        else
          for (const event of decided) {
            events.push(event);
            states.push((state = decider.evolve(state, event)));
          }
      }
      return { events, states, state, refusals };
    },
  };
}

function decideOn<State, Command, Event>(
  decider: Decider<State, Command, Event, Event>,
  command: Command,
  state: State,
): readonly Event[] | Refusal {
  try {
    return decider.decide(command, state);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
