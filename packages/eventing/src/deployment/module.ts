/** What one aggregate or process brings. `assemble` makes a deployment of a list of these. */
import type { Loop } from "@tillstream/runtime";
import type { AnyAggregate } from "../aggregate/aggregate.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { Check } from "../monitoring/check.ts";
import type { PersonalData } from "../personal-data/personal-data.ts";
import type { Wait } from "../postgres/wait.ts";
import type { Deletion } from "../retention/prune.ts";
import type { Saga } from "../saga/definition.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { Projection } from "../subscription/projection.ts";

/** `Ports` is what the module's consumers, sagas and loops need from outside, such as a mailer. */
export interface Module<Ports> {
  readonly name: string;
  readonly events: readonly AnyEventDefinition[];
  /** Those that no aggregate decides: by name, what each may lead to. */
  readonly commands: Readonly<Record<string, readonly AnyEventDefinition[]>>;
  /** Those that are event-sourced: they can be replayed and travelled in. */
  readonly aggregates: readonly AnyAggregate[];
  readonly projections: readonly Projection[];
  /** What it keeps of persons. */
  readonly personalData: readonly PersonalData[];
  /** The columns by which its rows wait: they are cut short when the database's clock goes back. */
  readonly waits: readonly Wait[];
  /** What the monitor watches for it, in any process that has one. */
  checks(): readonly Check[];
  consumers(ports: Ports): readonly Consumer[];
  sagas(ports: Ports): readonly Saga[];
  /** What it does turn by turn, beside events; several workers may at a time. */
  loops(ports: Ports, whole: Description): readonly Loop[];
  /** What of its tables goes when its time is over. */
  deletions(ports: Ports): readonly Deletion[];
}

/** What modules bring with any ports. */
export interface Description {
  readonly catalogue: EventCatalogue;
  readonly aggregates: readonly AnyAggregate[];
  readonly projections: readonly Projection[];
  readonly personalData: readonly PersonalData[];
}

/** A module; what it does not name, it does not have. */
export function defineModule<Ports>(module: { name: string } & Partial<Omit<Module<Ports>, "name">>): Module<Ports> {
  return {
    events: [],
    commands: {},
    aggregates: [],
    projections: [],
    personalData: [],
    waits: [],
    checks: () => [],
    consumers: () => [],
    sagas: () => [],
    loops: () => [],
    deletions: () => [],
    ...module,
  };
}
