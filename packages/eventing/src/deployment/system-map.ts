/**
 * The system as its modules declare it: what leads to what, from the very definitions that run. Nothing of it is kept by hand, so
 * that what a module declares is on the map.
 */
import { describeModules } from "./assemble.ts";
import type { Module } from "./module.ts";
import type { AnyEventDefinition } from "../event/definition.ts";
import { latestVersions } from "../saga/definition.ts";
import type { Saga } from "../saga/definition.ts";
import { shapeOf } from "../saga/shape.ts";
import { sagaStarter } from "../saga/starter.ts";
import { definitionsOf } from "../subscription/subscription.ts";
import type { Subscription } from "../subscription/subscription.ts";

/** One thing that a module declares. */
export interface MapNode {
  /** Of no other node. */
  readonly id: string;
  readonly kind: "command" | "event" | "saga" | "consumer" | "projection";
  readonly name: string;
  readonly module: string;
  /** Of a command or an event: what its streams are about. An event of no aggregate is of its module. */
  readonly stream: string | null;
  /** Of what reads events: by whose checkpoint it is told how far it has come. Null for a saga's version that no new run begins with. */
  readonly subscription: string | null;
  /** Of a saga, in order, and whether each can be undone. */
  readonly steps: readonly { readonly name: string; readonly compensated: boolean }[];
}

/** That one node leads to another, by their ids. */
export interface MapEdge {
  readonly from: string;
  readonly to: string;
}

/** Nodes and what leads from one to another. */
export interface SystemMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

/** Commands, events, sagas, consumers and projections of the modules, with all arrows that they declare. Throws as `describeModules` does. */
export function systemMap<Ports>(modules: readonly Module<Ports>[], ports: Ports): SystemMap {
  const { aggregates } = describeModules(modules);
  const streamOf = new Map(
    aggregates.flatMap(({ streamType, events }) => events.map(({ type }) => [type, streamType])),
  );
  const begun = latestVersions(modules.flatMap((module) => module.sagas(ports))).map(nameOf);
  const parts = modules.map((module) => partOf(module, ports, { streamOf, begun: new Set(begun) }));
  return { nodes: parts.flatMap(({ nodes }) => nodes), edges: parts.flatMap(({ edges }) => edges) };
}

interface Whole {
  readonly streamOf: ReadonlyMap<string, string>;
  /** The versions of sagas that new runs begin with. */
  readonly begun: ReadonlySet<string>;
}

const eventId = (type: string): string => `event ${type}`;
const nameOf = ({ name, version }: Saga): string => `${name} v${version}`;

function partOf<Ports>(module: Module<Ports>, ports: Ports, { streamOf, begun }: Whole): SystemMap {
  const nodes: MapNode[] = [];
  const edges: MapEdge[] = [];
  const base = { module: module.name, stream: null, subscription: null, steps: [] };

  function command(stream: string, name: string, types: readonly string[]): void {
    const id = `command ${stream}.${name}`;
    nodes.push({ ...base, id, kind: "command", name, stream });
    for (const type of types) edges.push({ from: id, to: eventId(type) });
  }

  /** Without a subscription it is given nothing new. */
  function reader(node: MapNode, subscription: Subscription | undefined, appends: readonly AnyEventDefinition[]): void {
    nodes.push({ ...node, subscription: subscription?.name ?? null });
    const read = subscription === undefined ? [] : definitionsOf(subscription);
    for (const { type } of read) edges.push({ from: eventId(type), to: node.id });
    for (const { type } of appends) edges.push({ from: node.id, to: eventId(type) });
  }

  for (const { streamType, commands } of module.aggregates)
    for (const [name, types] of Object.entries(commands)) command(streamType, name, types);
  for (const [name, events] of Object.entries(module.commands))
    command(
      module.name,
      name,
      events.map(({ type }) => type),
    );
  for (const { type } of module.events) {
    const stream = streamOf.get(type) ?? module.name;
    nodes.push({ ...base, id: eventId(type), kind: "event", name: type, stream });
  }
  for (const saga of module.sagas(ports)) {
    const name = nameOf(saga);
    const node = { ...base, id: `saga ${name}`, kind: "saga", name, steps: shapeOf(saga).steps } as const;
    reader(node, begun.has(name) ? sagaStarter(saga) : undefined, saga.appends ?? []);
  }
  for (const consumer of module.consumers(ports)) {
    const { name, appends } = consumer;
    reader({ ...base, id: `consumer ${name}`, kind: "consumer", name }, consumer, appends);
  }
  for (const projection of module.projections) {
    const { name } = projection;
    reader({ ...base, id: `projection ${name}`, kind: "projection", name }, projection, []);
  }
  return { nodes, edges };
}
