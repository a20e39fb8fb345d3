/**
 * Which alerts are followers of another one: a relay that is frozen makes every consumer late, and that is one matter. Pure; what
 * explains what is declared by the checks.
 */
import type { AboutCheck } from "./check.ts";

export interface Explained extends Pick<AboutCheck, "follows" | "explains"> {
  readonly id: number;
  readonly name: string;
  readonly subject: string;
  readonly pendingAt: Date;
  /** Null while it is open. */
  readonly resolvedAt: Date | null;
}

/** A follower is noticed a little before its cause as well, and is over a little after it. */
const BEFORE_MS = 60_000;
const AFTER_MS = 30_000;

/** For each alert that follows another one the id of its cause, which follows none itself. What outlasts its cause stands for itself. */
export function causesOf(alerts: readonly Explained[], now: Date): ReadonlyMap<number, number> {
  const byBeginning = alerts.toSorted((one, other) => Number(one.pendingAt) - Number(other.pendingAt));
  const causes = new Map<number, number>();
  for (const alert of alerts) {
    const root = rootOf(alert, { among: byBeginning, now }, new Set([alert.id]));
    if (root !== alert) causes.set(alert.id, root.id);
  }
  return causes;
}

/** Goes up from cause to cause; of several to one that was there when it began, then to one that explains the others, or began first. */
function rootOf(
  alert: Explained,
  known: { readonly among: readonly Explained[]; readonly now: Date },
  passed: Set<number>,
): Explained {
  const around = known.among.filter(
    (other) => !passed.has(other.id) && isDeclared(alert, other) && isAround(other, alert, known.now),
  );
  const present = around.filter(({ resolvedAt }) => resolvedAt === null || resolvedAt >= alert.pendingAt);
  const [cause] = (present.length > 0 ? present : around)
    .map((other) => rootOf(other, known, new Set([...passed, other.id])))
    .toSorted((one, other) => Number(isDeclared(one, other)) - Number(isDeclared(other, one)));
  return cause ?? alert;
}

/** Whether either of the two checks says that `other` explains `alert`. */
function isDeclared(alert: Explained, other: Explained): boolean {
  const isNamedIn = (names: readonly string[], { name, subject }: Explained) =>
    names.includes(name) || names.includes(`${name}/${subject}`);
  return isNamedIn(alert.follows, other) || isNamedIn(other.explains, alert);
}

/** Whether the cause was there when the alert began, or soon after, and until it was over, or a little before. */
function isAround(cause: Explained, alert: Explained, now: Date): boolean {
  const from = Number(cause.pendingAt) - BEFORE_MS;
  const to = cause.resolvedAt === null ? Infinity : Number(cause.resolvedAt) + AFTER_MS;
  const until = Math.max(Number(alert.pendingAt), Number(alert.resolvedAt ?? now));
  return Number(alert.pendingAt) >= from && until <= to;
}
