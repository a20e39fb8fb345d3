import type { AnyAggregate } from "../aggregate/aggregate.ts";
import { Refusal } from "../event/refusal.ts";

/**
 * Whether an aggregate's commands are declared as they are, by what came of each of `plays`, carried out from the initial state: a
 * sentence for each type of event to which a command led undeclared, and for each that is declared and never came.
 */
export function misdeclared(
  { decider, commands }: AnyAggregate,
  plays: readonly (readonly { readonly type: string }[])[],
): string[] {
  const led = new Set(plays.flatMap((play) => pairsOf(decider, play)));
  const declared = new Set(Object.entries(commands).flatMap(([command, types]) => types.map(pairOf(command))));
  return [
    ...[...led].filter((pair) => !declared.has(pair)).map((pair) => `${pair}, which is not declared`),
    ...[...declared].filter((pair) => !led.has(pair)).map((pair) => `${pair}, as is declared, in no play`),
  ];
}

const pairOf = (command: string) => (type: string) => `${command} leads to ${type}`;

function pairsOf(decider: AnyAggregate["decider"], play: readonly { readonly type: string }[]): string[] {
  let state: unknown = decider.initialState;
  return play.flatMap((command) => {
    try {
      const events: readonly { readonly type: string }[] = decider.decide(command, state);
      state = events.reduce<unknown>(decider.evolve, state);
      return events.map(({ type }) => pairOf(command.type)(type));
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}
