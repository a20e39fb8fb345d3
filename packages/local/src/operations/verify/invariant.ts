/**
 * An invariant: one sentence about the whole database that is always true once the work in hand is done. Each is a
 * small object; `npm run tillstream -- verify` iterates them.
 */
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { GatewayLedger } from "./gateway-ledger.ts";

export interface Outcome {
  /** How many things were looked at. */
  readonly checked: number;
  /** The ids of those that break the rule, each with what is wrong. */
  readonly broken: readonly string[];
}

export interface Invariant {
  /** Kebab-case, unique. */
  readonly name: string;
  /** The sentence. */
  readonly explanation: string;
  /** It compares with the gateway's ledger, and cannot be checked without. */
  readonly needsGateway?: boolean;
  check(db: SqlExecutor, gateway: GatewayLedger): Promise<Outcome>;
}

/** More than this many are not collected: a database that is broken throughout has to fit into memory. */
const BROKEN_MAX = 1_000;

/**
 * An invariant in SQL.
 * @param population selects one number, `checked`
 * @param offenders selects `id`, a text, for each thing that breaks the rule
 */
export function inSql(
  name: string,
  explanation: string,
  { population, offenders }: { readonly population: Sql; readonly offenders: Sql },
): Invariant {
  return {
    name,
    explanation,
    async check(db) {
      const counted = await db.query<{ checked: number }>(population);
      const rows = await db.query<{ id: string }>(offenders);
      return { checked: counted[0]?.checked ?? 0, broken: rows.slice(0, BROKEN_MAX).map(({ id }) => id) };
    },
  };
}
