/** What one aggregate or process brings: the worker, the routers and the console iterate a list of these. */
import type { AnyAggregate } from "../aggregate/aggregate.ts";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { PersonalData } from "../personal-data/personal-data.ts";
import type { Saga } from "../saga/definition.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { Projection } from "../subscription/projection.ts";

/** `Ports` is what the module's consumers and sagas need from outside, such as a mailer. */
export interface Module<Ports> {
  readonly name: string;
  readonly events: readonly AnyEventDefinition[];
  /** Those that are event-sourced: they can be replayed and travelled in. */
  readonly aggregates: readonly AnyAggregate[];
  readonly projections: readonly Projection[];
  /** What it keeps of persons. */
  readonly personalData: readonly PersonalData[];
  consumers(ports: Ports): readonly Consumer[];
  sagas(ports: Ports): readonly Saga[];
}

export function defineModule<Ports>(module: { name: string } & Partial<Omit<Module<Ports>, "name">>): Module<Ports> {
  return {
    events: [],
    aggregates: [],
    projections: [],
    personalData: [],
    consumers: () => [],
    sagas: () => [],
    ...module,
  };
}
