/**
 * Looks into an alert: the likely cause and what speaks for it, what it hits, and the next safe step. Each question has a bound and
 * fails by itself: what could not be asked is said, and the rest is answered.
 */
import { sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { Alert } from "../monitoring/alerts.ts";
import type { Check } from "../monitoring/check.ts";
import { PROJECTION_LAG } from "../monitoring/kernel-checks.ts";
import { projectionLagLook } from "../monitoring/kernel-looks.ts";
import type { Look, Remedy } from "../monitoring/look.ts";

const ANSWER_MS_MAX = 3_000;

/** What speaks for a cause, as a sentence. */
export interface Evidence {
  readonly says: string;
  /** The console's page that shows it. */
  readonly path: string | null;
}

/** A remedy, with what it would do. */
export interface SafeStep extends Omit<Remedy, "dryRun"> {
  readonly dryRun: string;
}

export interface Insight<Hits> {
  /** Of the cause, for scripts; the name of the check where nothing more is known. */
  readonly code: string;
  /** The likely cause, as a sentence. */
  readonly cause: string;
  /** The page that shows it. */
  readonly path: string;
  readonly evidence: readonly Evidence[];
  /** Null where it cannot be told. */
  readonly hits: Hits | null;
  readonly step: SafeStep | null;
  /** What could not be asked, and why. */
  readonly unchecked: readonly string[];
}

export interface LookPorts<Hits> {
  readonly db: Database;
  readonly catalogue: EventCatalogue;
  readonly checks: readonly Check[];
  /** What the things are worth whose streams, or runs, the statement names. */
  readonly weigh: (tx: SqlExecutor, names: Sql) => Promise<Hits>;
}

interface EvidenceRow extends Evidence {
  readonly cause: string | null;
}

/** Of an alert that is open: it tells how things are now. */
export async function lookInto<Hits>(alert: Alert, ports: LookPorts<Hits>): Promise<Insight<Hits>> {
  const { db, catalogue, checks, weigh } = ports;
  const unchecked: string[] = [];
  async function ask<Answer>(what: string, work: (tx: SqlExecutor) => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await bounded(db, work);
    } catch (error) {
      unchecked.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
  const look = lookOf(alert, checks);
  const about = { subject: alert.subject, since: alert.pendingAt };
  const [evidence, names] = [look.evidence?.(about), look.hits?.(about)];
  const asked = evidence && sql`SELECT cause, says, path FROM (${evidence}) AS told(cause, says, path)`;
  const rows = asked && (await ask("the cause", (tx) => tx.query<EvidenceRow>(asked)));
  const hits = names && (await ask("whom it hits", (tx) => weigh(tx, names)));
  const remedy = look.remedy && (await ask("the next safe step", async (tx) => look.remedy?.(about, tx)));
  const dryRun = remedy && (await ask(`what "${remedy.label}" would do`, (tx) => remedy.dryRun(tx, catalogue)));
  const cause = rows?.find((row) => row.cause !== null);
  return {
    code: cause?.cause ?? alert.check,
    cause: cause?.says ?? alert.detail ?? alert.title,
    path: cause?.path ?? alert.path,
    evidence: (rows ?? []).filter((row) => row.cause === null).map(({ says, path }) => ({ says, path })),
    hits: hits ?? null,
    step: remedy === undefined || dryRun === undefined ? null : stepOf(remedy, dryRun),
    unchecked,
  };
}

const stepOf = ({ procedure, input, label, command }: Remedy, dryRun: string): SafeStep => {
  return { procedure, input, label, command, dryRun };
};

function lookOf({ check }: Alert, checks: readonly Check[]): Look {
  if (check === PROJECTION_LAG) return projectionLagLook;
  return checks.find(({ name }) => name === check)?.look ?? {};
}

function bounded<Answer>(db: Database, work: (tx: SqlExecutor) => Promise<Answer>): Promise<Answer> {
  return db.transaction(async (tx) => {
    await tx.query(sql`SELECT set_config('statement_timeout', ${String(ANSWER_MS_MAX)}, true)`);
    return work(tx);
  });
}
