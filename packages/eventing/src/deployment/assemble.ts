/**
 * Makes one deployment of the modules, and refuses two things of one name. A name is one checkpoint, one inbox, one set of dead
 * letters: of two subscriptions that share it, one finds its events done already and never runs, and nothing says so.
 */
import type { Loop } from "@tillstream/runtime";
import type { Description, Module } from "./module.ts";
import { kernelLoops } from "./kernel-loops.ts";
import type { KernelWork } from "./kernel-loops.ts";
import { createEventCatalogue } from "../event/catalogue.ts";
import { kernelChecks } from "../monitoring/kernel-checks.ts";
import { withThresholds } from "../monitoring/check.ts";
import type { Check, Checking } from "../monitoring/check.ts";
import { latestVersions, STEP_TIMEOUT_MS_DEFAULT } from "../saga/definition.ts";
import type { Saga } from "../saga/definition.ts";
import { sagaStarter } from "../saga/starter.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { Subscription } from "../subscription/subscription.ts";

/** What `assemble` makes of modules. */
export interface Deployment extends Description {
  /** Those of the modules, and the starters of their sagas. */
  readonly consumers: readonly Consumer[];
  /** All projections and consumers. */
  readonly subscriptions: readonly Subscription[];
  /** Every version. */
  readonly sagas: readonly Saga[];
  readonly loops: readonly Loop[];
}

/** Throws where two of a kind have one name, with a sentence that names both. */
export function describeModules<Ports>(modules: readonly Module<Ports>[]): Description {
  const events = owned(modules, (module) => module.events);
  const aggregates = owned(modules, (module) => module.aggregates);
  const personalData = owned(modules, (module) => module.personalData);
  const projections = owned(modules, (module) => module.projections);
  const names = modules.map(({ name }, index) => [name, `module ${index + 1} of the list`] as const);
  refuseSharedNames(names, "nobody could tell which of them a name is of");
  refuseSharedNames(holders(events, "an event type", typeOf), "nobody could tell which of them a stored event is");
  refuseSharedNames(holders(aggregates, "an aggregate", streamTypeOf), "their streams would be mixed up");
  refuseSharedNames(holders(personalData, "personal data", nameOf), "an export would show one of them only");
  refuseSharedNames(holders(projections, "a projection", nameOf), NEVER_RUNS);
  return {
    catalogue: createEventCatalogue(partsOf(events)),
    aggregates: partsOf(aggregates),
    projections: partsOf(projections),
    personalData: partsOf(personalData),
  };
}

/**
 * All that runs in the background, with the kernel's own loops where it is told how those work. Throws where two of a kind have one
 * name, with a sentence that names both.
 */
export function assemble<Ports>(modules: readonly Module<Ports>[], ports: Ports, kernel?: KernelWork): Deployment {
  const description = describeModules(modules);
  const { projections } = description;
  const sagas = owned(modules, (module) => module.sagas(ports));
  refuseSharedNames(
    holders(sagas, "a saga", ({ name, version }) => `${name} v${version}`),
    NEVER_RUNS,
  );
  const consumers = consumersOf(modules, ports, sagas);
  const parts = { projections, consumers, subscriptions: [...projections, ...consumers], sagas: partsOf(sagas) };
  const waits = modules.flatMap((module) => module.waits);
  const deletions = modules.flatMap((module) => module.deletions(ports));
  const own =
    kernel === undefined
      ? []
      : kernelLoops(
          { ...parts, waits, deletions, checks: checksOf(modules, parts.sagas, kernel.monitoring.checking) },
          kernel,
        );
  const loops = [
    ...own.map((part) => ({ part, owner: "kernel" })),
    ...owned(modules, (module) => module.loops(ports, description)),
  ];
  refuseSharedNames(holders(loops, "a loop", nameOf), "a health report could not tell which of them is stalled");
  return { ...description, ...parts, loops: partsOf(loops) };
}

/** All that is watched: by the kernel, the modules and this process. Throws where two have one name. */
export function checksOf<Ports>(
  modules: readonly Module<Ports>[],
  sagas: readonly Saga[],
  { stepTimeoutMs = STEP_TIMEOUT_MS_DEFAULT, thresholds, checks: extra = [] }: Checking = {},
): readonly Check[] {
  const checks = [
    ...[...kernelChecks(sagas, stepTimeoutMs), ...extra].map((part) => ({ part, owner: "kernel" })),
    ...owned(modules, (module) => module.checks()),
  ];
  refuseSharedNames(holders(checks, "a check", nameOf), "their alerts would be mixed up");
  return withThresholds(partsOf(checks), thresholds);
}

/** The modules' consumers, and the starter of each saga's latest version. */
function consumersOf<Ports>(
  modules: readonly Module<Ports>[],
  ports: Ports,
  sagas: readonly Owned<Saga>[],
): Consumer[] {
  const consumers = owned(modules, (module) => module.consumers(ports));
  const latest = latestVersions(partsOf(sagas));
  const starters = sagas
    .filter(({ part }) => latest.includes(part))
    .map(({ part, owner }) => ({ part: sagaStarter(part), owner: `saga ${part.name} of the ${owner}` }));
  const projections = owned(modules, (module) => module.projections);
  refuseSharedNames(
    [
      ...holders<{ name: string }>(projections, "a projection", nameOf),
      ...holders(consumers, "a consumer", nameOf),
      ...holders(starters, "the starter", nameOf),
    ],
    NEVER_RUNS,
  );
  return partsOf([...consumers, ...starters]);
}

interface Owned<Part> {
  readonly part: Part;
  readonly owner: string;
}

const owned = <Ports, Part>(
  modules: readonly Module<Ports>[],
  partsIn: (module: Module<Ports>) => readonly Part[],
): Owned<Part>[] =>
  modules.flatMap((module) => partsIn(module).map((part) => ({ part, owner: `module ${module.name}` })));

const partsOf = <Part>(parts: readonly Owned<Part>[]): Part[] => parts.map(({ part }) => part);

const NEVER_RUNS = "one of them would never run";
type Holder = readonly [name: string, holder: string];

const nameOf = ({ name }: { readonly name: string }): string => name;
const typeOf = ({ type }: { readonly type: string }): string => type;
const streamTypeOf = ({ streamType }: { readonly streamType: string }): string => streamType;

const holders = <Part>(parts: readonly Owned<Part>[], kind: string, named: (part: Part) => string): Holder[] =>
  parts.map(({ part, owner }) => [named(part), `${kind} of the ${owner}`]);

function refuseSharedNames(all: readonly Holder[], consequence: string): void {
  const taken = new Map<string, string>();
  for (const [name, holder] of all) {
    const other = taken.get(name);
    if (other !== undefined)
      throw new Error(`${name} names ${other} and ${holder}, so that ${consequence}: rename one.`);
    taken.set(name, holder);
  }
}
