/** The map as the page draws it: columns of what leads to what, and each thing's state in words. */
import type { Status } from "@tillstream/ui";
import { rateText, secondsText, stateOf } from "../console/subscription-state.ts";
import type { Outputs } from "../console/trpc.ts";
import { countOf } from "../dead-letters/dead-letter-state.ts";
import { eventsHref } from "../events/filters.ts";
import { deadLettersHref } from "../links/dead-letters.ts";
import { projectionHref } from "../links/events.ts";

export type SystemMap = Outputs["map"]["system"];
export type MapNode = SystemMap["nodes"][number];

const COLUMNS = [
  { title: "Commands", kinds: ["command"] },
  { title: "Streams and their events", kinds: ["event"] },
  { title: "Sagas and consumers", kinds: ["saga", "consumer"] },
  { title: "Projections", kinds: ["projection"] },
] as const satisfies readonly { title: string; kinds: readonly MapNode["kind"][] }[];

const KINDS = { saga: "Sagas", consumer: "Consumers" } as const;

export interface Group {
  /** A type of stream, or a kind; empty where the column says it. */
  readonly title: string;
  /** Those in trouble first. */
  readonly nodes: readonly MapNode[];
}

export interface Column {
  readonly title: string;
  readonly groups: readonly Group[];
}

/** From left to right. */
export function columnsOf({ nodes }: Pick<SystemMap, "nodes">): readonly Column[] {
  return COLUMNS.map(({ title, kinds }) => {
    const own = nodes.filter(({ kind }) => kinds.some((one) => one === kind));
    const groups = Map.groupBy(own, groupOf);
    return { title, groups: [...groups].map(([group, members]) => ({ title: group, nodes: troubledFirst(members) })) };
  });
}

const groupOf = ({ kind, stream }: MapNode): string => stream ?? (kind === "projection" ? "" : KINDS[kind as "saga"]);

const troubledFirst = (nodes: readonly MapNode[]) =>
  nodes.toSorted((one, other) => Number(isInTrouble(other)) - Number(isInTrouble(one)));

export interface NodeState {
  readonly status: Status;
  readonly word: string;
}

/** Undefined for what has none: a command, an event. */
export function nodeState({ kind, lag, runs }: MapNode): NodeState | undefined {
  if (kind === "command" || kind === "event") return undefined;
  if (runs !== null && runs.halted > 0) return { status: "failed", word: `${runs.halted} halted` };
  if (lag === null) return { status: "parked", word: kind === "saga" ? "no new runs" : "never run" };
  const state = stateOf(lag);
  if (state.word === "late") return { status: "failed", word: `late, ${secondsText(lag.lagSeconds)}` };
  if (lag.openLetters > 0) return { ...state, word: countOf(lag.openLetters, "dead letter") };
  return state;
}

const TROUBLED: readonly Status[] = ["failed", "waiting", "parked"];

/** Late, paused, with dead letters or halted runs. */
export function isInTrouble(node: MapNode): boolean {
  const state = nodeState(node);
  return state !== undefined && TROUBLED.includes(state.status) && state.word !== "no new runs";
}

/** "12/min", "caught up", "late, 12 s, 3 under way"; empty for a command, whose events are counted. */
export function figureOf(node: MapNode): string {
  if (node.perMinute !== null) return perMinuteText(node.perMinute);
  const underWay = node.runs?.underWay ?? 0;
  return [nodeState(node)?.word, underWay > 0 ? `${underWay} under way` : undefined]
    .filter((part) => part !== undefined)
    .join(", ");
}

const ENDS = {
  event: "no reader",
  consumer: "effects that are no events",
  projection: "its read model",
} as const satisfies Partial<Record<MapNode["kind"], string>>;
const UNDECLARED = "nothing that is declared";

/** In place of arrows where there are none. */
export const withoutArrows: Readonly<Record<keyof Neighbours, (node: Pick<MapNode, "kind">) => string>> = {
  from: ({ kind }) => (kind === "command" ? "a person or a process" : UNDECLARED),
  to: ({ kind }) => (kind === "command" || kind === "saga" ? UNDECLARED : ENDS[kind]),
};

/** "charge (can be undone), then confirm". */
export const stepsText = ({ steps }: Pick<MapNode, "steps">): string =>
  steps.map(({ name, compensated }) => (compensated ? `${name} (can be undone)` : name)).join(", then ");

const perMinuteText = (perMinute: number | null): string => `${rateText(perMinute)}/min`;

export interface Arrow {
  readonly node: MapNode;
  readonly perMinute: number | null;
}

export interface Neighbours {
  readonly from: readonly Arrow[];
  readonly to: readonly Arrow[];
}

/** What leads to each node and what it leads to, by its id. */
export function neighboursIn({ nodes, edges }: Pick<SystemMap, "nodes" | "edges">): ReadonlyMap<string, Neighbours> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const arrows = (ids: readonly { id: string; perMinute: number | null }[]) =>
    ids.flatMap(({ id, perMinute }) => {
      const node = byId.get(id);
      return node === undefined ? [] : [{ node, perMinute }];
    });
  const byTarget = Map.groupBy(edges, ({ to }) => to);
  const bySource = Map.groupBy(edges, ({ from }) => from);
  return new Map(
    nodes.map(({ id }) => [
      id,
      {
        from: arrows((byTarget.get(id) ?? []).map(({ from, perMinute }) => ({ id: from, perMinute }))),
        to: arrows((bySource.get(id) ?? []).map(({ to, perMinute }) => ({ id: to, perMinute }))),
      },
    ]),
  );
}

/** A node's own page; that of a command shows the events that it leads to. */
export function hrefOf({ kind, name, lag }: MapNode, { to }: Neighbours): string {
  switch (kind) {
    case "command":
      return eventsHref({ type: to[0]?.node.name ?? null });
    case "event":
      return eventsHref({ type: name });
    case "saga":
      return "/sagas";
    case "consumer":
      return (lag?.openLetters ?? 0) > 0 ? deadLettersHref({ consumer: name }) : "/consumers";
    case "projection":
      return projectionHref(name);
  }
}

/** As arrows name it: what streams it is of, where its name alone would not say. */
export const nameOf = ({ kind, name, stream }: MapNode): string => (kind === "command" ? `${stream}.${name}` : name);

/** "order_view (caught up), mail (2 dead letters)". */
export function arrowsText(arrows: readonly Arrow[]): string {
  return arrows
    .map(({ node }) => {
      const figure = figureOf(node);
      return figure === "" ? nameOf(node) : `${nameOf(node)} (${figure})`;
    })
    .join(", ");
}
