/** The table of faults that are on. Each ends by the database's clock, even if no process is running to notice. */
import { refuse } from "@tillstream/eventing";
import type { Wait } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { FAULT_MINUTES_MAX } from "./input.ts";
import type { FaultName, FaultsInput, FaultValues } from "./input.ts";

const MINUTE_MS = 60_000;
/** So long a row stays after its end, for every worker to see that it is over. */
const SEEN_SECONDS = 10;

/** What of the deployment can be disturbed by its name. */
export interface FaultTargets {
  readonly consumers: readonly string[];
  readonly projections: readonly string[];
}

type Switched = { [Name in FaultName]: { readonly name: Name; readonly value: FaultValues[Name] } }[FaultName];

export type Fault = Switched & {
  /** Who switched it on, by name where that is known. */
  readonly setBy: string;
  readonly expiresAt: Date;
  readonly leftMs: number;
};

export const FAULT_WAIT: Wait = {
  table: sql`faults`,
  column: sql`expires_at`,
  among: sql`true`,
  longestMs: FAULT_MINUTES_MAX * MINUTE_MS,
  leftMs: 0,
};

export async function faultsOn(db: SqlExecutor): Promise<readonly Fault[]> {
  return db.query<Fault>(sql`
    SELECT fault.name, fault.value, coalesce(person.name, fault.set_by) AS "setBy", fault.expires_at AS "expiresAt",
           extract(epoch FROM fault.expires_at - now())::float8 * 1000 AS "leftMs"
    FROM faults fault LEFT JOIN auth_users person ON person.id = substring(fault.set_by FROM '^user:(.*)$')
    WHERE fault.expires_at > now() ORDER BY fault.name`);
}

/** @param actor such as `user:<id>` */
export async function setFaults(
  tx: SqlExecutor,
  targets: FaultTargets,
  { minutes, reason, ...named }: FaultsInput,
  actor: string,
): Promise<void> {
  assertKnown("consumerErrors.consumer", named.consumerErrors?.consumer, targets.consumers);
  assertKnown("projectionDelayMs.projection", named.projectionDelayMs?.projection, targets.projections);
  for (const [name, value] of Object.entries(named)) {
    if (value === undefined) continue;
    await tx.query(
      isNothing(value)
        ? sql`UPDATE faults SET expires_at = now() WHERE name = ${name} AND expires_at > now()`
        : sql`
          INSERT INTO faults (name, value, set_by, expires_at)
          VALUES (${name}, ${JSON.stringify(value)}::jsonb, ${actor}, now() + ${minutes} * interval '1 minute')
          ON CONFLICT (name) DO UPDATE SET value = excluded.value, set_by = excluded.set_by, expires_at = excluded.expires_at`,
    );
  }
}

const isNothing = (value: object | boolean | null): boolean =>
  value === null || value === false || (typeof value === "object" && Object.values(value).every((one) => !one));

function assertKnown(field: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  const message = `is none of ${known.join(", ")}`;
  throw refuse("invalid", "INVALID_INPUT", `${field}: ${message}`, { fields: [{ field, rule: "known", message }] });
}

export async function forgetEnded(db: SqlExecutor): Promise<void> {
  await db.query(sql`DELETE FROM faults WHERE expires_at < now() - ${SEEN_SECONDS} * interval '1 s'`);
}
