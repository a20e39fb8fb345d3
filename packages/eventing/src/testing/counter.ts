/** A small aggregate for the kernel's own tests: a counter with a limit. */
import { z } from "zod";
import { defineAggregate } from "../aggregate/aggregate.ts";
import { defineEvent } from "../event/definition.ts";
import type { NewEventOf } from "../event/definition.ts";
import { refuse } from "../event/refusal.ts";

export const Added = defineEvent("Added", z.object({ by: z.int() }));
export const Reset = defineEvent("Reset", z.object({}));
export const counterEvents = [Added, Reset] as const;
export type CounterEvent = NewEventOf<typeof counterEvents>;

export interface Counter {
  readonly total: number;
  readonly additions: number;
}

export type CounterCommand = { readonly type: "add"; readonly by: number } | { readonly type: "reset" };

export const COUNTER_MAX = 1_000_000;

function decide(command: CounterCommand, state: Counter): readonly CounterEvent[] {
  if (command.type === "reset") return state.total === 0 ? [] : [Reset.create({})];
  if (state.total + command.by > COUNTER_MAX) throw refuse("conflict", "TOO_MUCH", "The counter is full.");
  return [Added.create({ by: command.by })];
}

function evolve(state: Counter, event: CounterEvent): Counter {
  if (event.type === "Reset") return { total: 0, additions: state.additions };
  return { total: state.total + event.data.by, additions: state.additions + 1 };
}

export function counterAggregate({ stateVersion = 1, snapshotEvery = 10 } = {}) {
  return defineAggregate<Counter, CounterCommand, CounterEvent>({
    streamType: "counter",
    events: counterEvents,
    decider: { initialState: { total: 0, additions: 0 }, decide, evolve },
    stateVersion,
    snapshotEvery,
  });
}

export const testMetadata = { correlationId: "test", causationId: "test", actor: "system" };
