/**
 * What the modules of a deployment have running in the background. A name is one checkpoint, one inbox, one set of dead
 * letters: of two subscriptions that share it, one finds its events done already and never runs, and nothing says so.
 */
import type { Module } from "./module.ts";
import { latestVersions } from "../saga/definition.ts";
import type { Saga } from "../saga/definition.ts";
import { sagaStarter } from "../saga/starter.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { Projection } from "../subscription/projection.ts";

export interface Deployment {
  readonly projections: readonly Projection[];
  /** Those of the modules, and the starters of their sagas. */
  readonly consumers: readonly Consumer[];
  /** Every version. */
  readonly sagas: readonly Saga[];
}

/** Throws where two projections, consumers, sagas or starters have one name, with a sentence that names both. */
export function deploymentOf<Ports>(modules: readonly Module<Ports>[], ports: Ports): Deployment {
  const owned = <Part>(partsOf: (module: Module<Ports>) => readonly Part[]) =>
    modules.flatMap((module) => partsOf(module).map((part) => ({ part, owner: `module ${module.name}` })));
  const projections = owned((module) => module.projections);
  const consumers = owned((module) => module.consumers(ports));
  const sagas = owned((module) => module.sagas(ports));
  refuseSharedNames(sagas.map(({ part, owner }) => [`${part.name} v${part.version}`, `a saga of the ${owner}`]));
  const latest = latestVersions(sagas.map(({ part }) => part));
  const starters = sagas
    .filter(({ part }) => latest.includes(part))
    .map(({ part, owner }) => ({ part: sagaStarter(part), owner: `saga ${part.name} of the ${owner}` }));
  refuseSharedNames([
    ...projections.map(({ part, owner }) => [part.name, `a projection of the ${owner}`] as const),
    ...consumers.map(({ part, owner }) => [part.name, `a consumer of the ${owner}`] as const),
    ...starters.map(({ part, owner }) => [part.name, `the starter of the ${owner}`] as const),
  ]);
  return {
    projections: projections.map(({ part }) => part),
    consumers: [...consumers, ...starters].map(({ part }) => part),
    sagas: sagas.map(({ part }) => part),
  };
}

function refuseSharedNames(holders: readonly (readonly [name: string, holder: string])[]): void {
  const taken = new Map<string, string>();
  for (const [name, holder] of holders) {
    const other = taken.get(name);
    if (other !== undefined)
      throw new Error(`${name} names ${other} and ${holder}, so that one of them would never run: rename one.`);
    taken.set(name, holder);
  }
}
