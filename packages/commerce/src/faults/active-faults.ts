/** The faults that are on, as this process knows them. Each ends on time also when the database is not there to be asked. */
import type { FaultName, FaultValues } from "./input.ts";
import type { Fault } from "./switches.ts";

export interface ActiveFaults {
  /** Undefined while it is off. */
  valueOf<Name extends FaultName>(name: Name): FaultValues[Name] | undefined;
  /** From now on it is these. */
  take(faults: readonly Fault[]): void;
}

/** @param now milliseconds that only go forward */
export function createActiveFaults(now: () => number): ActiveFaults {
  let known: ReadonlyMap<FaultName, { readonly value: unknown; readonly until: number }> = new Map();
  return {
    valueOf<Name extends FaultName>(name: Name) {
      const fault = known.get(name);
      // `take` puts each value under the name of its own fault.
      return fault !== undefined && now() < fault.until ? (fault.value as FaultValues[Name]) : undefined;
    },
    take(faults) {
      known = new Map(faults.map(({ name, value, leftMs }) => [name, { value, until: now() + leftMs }]));
    },
  };
}
