/**
 * What is wrong, since when, whom it hurts, why, and what to do: for the console's page of an incident and for the terminal, in
 * the same words. It says what it could not find out.
 */
import { listAlerts, lookInto, readAlert, readHealth } from "@tillstream/eventing";
import type { Alert, Check, Evidence, SafeStep } from "@tillstream/eventing";
import type { Database } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";
import { eventCatalogue } from "../modules.ts";
import { addressBehind } from "./address-behind.ts";
import type { KnownCause } from "./known-cause.ts";
import { readHarm } from "./harm.ts";
import type { Harm } from "./harm.ts";
import { lastChangeBefore } from "./last-change.ts";
import type { LastChange } from "./last-change.ts";
import { faultBehind } from "./switched-fault.ts";

export interface Finding {
  /** Of its alert. */
  readonly id: number;
  /** `what` in other words: the name of the check, and what it is about. */
  readonly check: string;
  readonly subject: string;
  readonly what: string;
  /** `pending`: it has not been so for long enough to be an alert. */
  readonly status: Alert["status"];
  readonly since: string;
  readonly until: string | null;
  readonly hurts: string;
  /** Null where that cannot be told. */
  readonly orders: number | null;
  readonly money: readonly Money[];
  readonly cause: string;
  /** Of the cause, for scripts: it stays when the words change. The name of the check where nothing more is known. */
  readonly code: string;
  readonly evidence: readonly Evidence[];
  /** What it explains, and is wrong as long as it is. */
  readonly follows: readonly { readonly id: number; readonly what: string }[];
  /** The alert that explains it. */
  readonly followsFrom: { readonly id: number; readonly what: string } | null;
  readonly lastChange: LastChange | null;
  /** `link` names the way to `path`. */
  readonly action: {
    readonly says: string;
    readonly path: string;
    readonly link: string;
    readonly step: SafeStep | null;
  };
  readonly unchecked: readonly string[];
}

export interface Diagnosis {
  /** The worst first: what fires, then what is about to. */
  readonly findings: readonly Finding[];
  readonly unchecked: readonly string[];
}

const ALERTS_MAX = 200;

const nameOf = ({ title, subject }: Pick<Alert, "title" | "subject">): string =>
  subject === "" ? title : `${title}: ${subject}`;

/** Everything that is wrong and stands for itself. Rejects when the database does not answer. */
export async function diagnose(db: Database, checks: readonly Check[]): Promise<Diagnosis> {
  const alerts = await listAlerts(db, ALERTS_MAX);
  const open = alerts.filter(({ status }) => status !== "resolved");
  const causes = open.filter(({ causeId }) => !open.some(({ id }) => id === causeId));
  const findings: Finding[] = [];
  // One after the other: in an outage there are many, and connections are what others wait for.
  for (const alert of causes) findings.push(await findingOf(db, checks, alerts, alert));
  const unchecked = (await readHealth(db)).flatMap(({ part, status, says }) =>
    status === "unknown" ? says.map(({ title, detail }) => `${part}: "${title}" (${detail ?? "unknown"})`) : [],
  );
  return {
    findings: findings.toSorted((one, other) => Number(other.status === "firing") - Number(one.status === "firing")),
    unchecked: [...unchecked, ...new Set(findings.flatMap((finding) => finding.unchecked))],
  };
}

/** One alert, open or resolved; undefined where there is none, or it is long over. */
export async function readIncident(db: Database, checks: readonly Check[], id: number): Promise<Finding | undefined> {
  const alert = await readAlert(db, id);
  if (alert === undefined) return undefined;
  const cause = alert.causeId === null ? undefined : await readAlert(db, alert.causeId);
  const others = (await listAlerts(db, ALERTS_MAX)).filter((one) => one.id !== id && one.id !== cause?.id);
  return findingOf(db, checks, cause === undefined ? others : [...others, cause], alert);
}

async function findingOf(
  db: Database,
  checks: readonly Check[],
  alerts: readonly Alert[],
  alert: Alert,
): Promise<Finding> {
  const { id, check, subject, status, pendingAt, firedAt, resolvedAt, effect, next, path, causeId } = alert;
  const cause = alerts.find((one) => one.id === causeId);
  const follows = alerts.filter((one) => one.causeId === id && (status === "resolved" || one.status !== "resolved"));
  const isOver = status === "resolved";
  const insight: Insight & { readonly action?: KnownCause["action"] } = isOver
    ? { ...OVER, cause: alert.detail ?? alert.title, code: check, path }
    : withCause(
        await lookInto(alert, { db, catalogue: eventCatalogue, checks, weigh: readHarm }),
        (await faultBehind(db, alert)) ?? (await addressBehind(db, alert)),
      );
  return {
    id,
    check,
    subject,
    what: nameOf(alert),
    status,
    since: (firedAt ?? pendingAt).toISOString(),
    until: resolvedAt?.toISOString() ?? null,
    hurts: effect,
    orders: insight.hits?.orders ?? null,
    money: insight.hits?.money ?? [],
    cause: insight.cause,
    code: insight.code,
    evidence: insight.evidence,
    follows: follows.map((one) => ({ id: one.id, what: nameOf(one) })),
    followsFrom: cause === undefined ? null : { id: cause.id, what: nameOf(cause) },
    lastChange: (await lastChangeBefore(db, alert)) ?? null,
    action: { says: next, link: "Look", step: insight.step, ...insight.action, path: insight.path },
    unchecked: insight.unchecked,
  };
}

type Insight = Awaited<ReturnType<typeof lookInto<Harm>>>;

/** What was taken for the cause speaks for it. */
function withCause(insight: Insight, known: KnownCause | undefined) {
  if (known === undefined) return insight;
  const { code, says, path, action } = known;
  const evidence = [...(known.evidence ?? []), { says: insight.cause, path: insight.path }, ...insight.evidence];
  return { ...insight, code, cause: says, path: path ?? insight.path, evidence, action };
}

/** Of what is over there is nothing to look into. */
const OVER = { evidence: [], hits: null, step: null, unchecked: [] } as const;
