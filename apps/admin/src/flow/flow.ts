/** A flow as a diagram has it: who takes part, in the order in which each first did something. */
import type { Outputs } from "../console/trpc.ts";

export type Flow = Outputs["flow"]["byCorrelation"];
export type FlowEntry = Flow["entries"][number];

/** By the number of the order that it is the story of. */
export const flowTitle = ({ orders: [order] }: Pick<Flow, "orders">): string =>
  order === undefined ? "Flow" : `Flow of order ${order.number}`;

export interface Placed {
  readonly entry: FlowEntry;
  /** From 0. */
  readonly lane: number;
  /** The lane that it follows from; its own where that is not known. */
  readonly from: number;
}

export interface Diagram {
  readonly lanes: readonly string[];
  readonly rows: readonly Placed[];
}

export function diagramOf(entries: readonly FlowEntry[]): Diagram {
  const lanes = [...new Set(entries.map(({ lane }) => lane))];
  const laneOf = new Map(entries.map(({ id, lane }) => [id, lanes.indexOf(lane)]));
  return {
    lanes,
    rows: entries.map((entry) => {
      const lane = lanes.indexOf(entry.lane);
      return { entry, lane, from: (entry.causedBy === null ? undefined : laneOf.get(entry.causedBy)) ?? lane };
    }),
  };
}

/** Milliseconds since the first. */
export const sinceFirst = (entries: readonly FlowEntry[], { at }: FlowEntry): number =>
  Date.parse(at) - Date.parse(entries[0]?.at ?? at);

const kindWords = {
  command: () => "command",
  event: (lane) => `event of the ${lane}`,
  consumed: (lane) => `consumer ${lane}`,
  step: (lane) => `step of ${lane}`,
  compensation: (lane) => `compensation of ${lane}`,
  call: () => "call to the payment gateway",
  mail: () => "mail",
  person: () => "person",
} as const satisfies Record<FlowEntry["kind"], (lane: string) => string>;

/** What it is, and whose: "event of the order". */
export const kindWord = ({ kind, lane }: FlowEntry): string => kindWords[kind](lane);

/** The parts of a name between which a line may break: "Order", "Confirmed"; "checkout-", "saga". */
export const wordsOf = (name: string): string[] => name.split(/(?<=[-_. ])|(?<=[a-z])(?=[A-Z])/);
