/** Counters by name, which only ever grow: what happened is the difference of two readings. */
export type Counters = Readonly<Record<string, number>>;

/** `counters` without `times` as much as in `other`; a name that one of them lacks counts 0 there. */
export function less(counters: Counters, other: Counters, times = 1): Counters {
  const names = new Set([...Object.keys(counters), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (counters[name] ?? 0) - times * (other[name] ?? 0)]));
}

export const times = (counters: Counters, factor: number): Counters => less({}, counters, -factor);

/** What one statement, whatever its parameters, has cost all its callers together. */
export interface Statement {
  readonly id: string;
  readonly text: string;
  readonly calls: number;
  readonly plans: number;
  readonly planMs: number;
  readonly execMs: number;
}

/** What each statement has cost between two readings; those that were not called are left out. The dearest is first. */
export function statementsBetween(earlier: readonly Statement[], later: readonly Statement[]): Statement[] {
  const before = new Map(earlier.map((statement) => [statement.id, statement]));
  return later
    .map((after) => {
      const { calls = 0, plans = 0, planMs = 0, execMs = 0 } = before.get(after.id) ?? {};
      return {
        ...after,
        calls: after.calls - calls,
        plans: after.plans - plans,
        planMs: after.planMs - planMs,
        execMs: after.execMs - execMs,
      };
    })
    .filter(({ calls }) => calls > 0)
    .toSorted((left, right) => totalMs(right) - totalMs(left));
}

export const totalMs = ({ planMs, execMs }: Statement): number => planMs + execMs;
