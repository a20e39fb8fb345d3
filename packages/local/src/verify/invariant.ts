/** One thing that must hold in the whole database, whatever happened on the way. */
import type { Database, Sql } from "@tillstream/runtime";
import type { GatewayLedger } from "./ledger.ts";

export interface Evidence {
  readonly db: Database;
  /** Undefined when the gateway could not be asked. */
  readonly ledger: GatewayLedger | undefined;
}

export interface Finding {
  readonly checked: number;
  /** What breaks the invariant, each named so that it can be looked up. */
  readonly broken: readonly string[];
}

export interface Invariant {
  readonly name: string;
  readonly needsGateway?: boolean;
  check(evidence: Evidence): Promise<Finding>;
}

/** An invariant whose question is SQL: `checked` counts what was looked at, `broken` names the offenders in one column `id`. */
export function sqlInvariant(name: string, checked: Sql, broken: Sql): Invariant {
  return {
    name,
    async check({ db }) {
      const [count] = await db.query<{ count: number }>(checked);
      const offenders = await db.query<{ id: string }>(broken);
      return { checked: count?.count ?? 0, broken: offenders.map(({ id }) => id) };
    },
  };
}
