/**
 * What `/health` answers: Postgres away is `down` and 503; anything else away, or Postgres busy, is `degraded` and 200. It answers within
 * a bound, also when a dependency neither answers nor refuses.
 */
import { withTimeout } from "./shutdown.ts";

const CHECK_TIMEOUT_MS = 2_000;

export type CheckResult = "ok" | "degraded" | "down";

export interface HealthReport {
  readonly status: CheckResult;
  readonly checks: Readonly<Record<string, string>>;
}

export interface HealthCheck {
  readonly name: string;
  /** A failing essential check takes the whole process down. */
  readonly essential: boolean;
  /** Resolves to a word for the report (`ok` when fine, `busy` when it is there and waits); a rejection, or no answer in time, counts as `down`. */
  check(): Promise<string>;
}

/** It works on, behind others: a reason to wait and not to send visitors away. */
const BUSY = "busy";
const FINE = new Set(["ok", "in-process"]);

export async function checkHealth(
  checks: readonly HealthCheck[],
  timeoutMs: number = CHECK_TIMEOUT_MS,
): Promise<HealthReport> {
  const results = await Promise.all(
    checks.map(async ({ name, essential, check }) => {
      const word = await withTimeout(check(), timeoutMs, name).catch(() => "down");
      return { name, essential, word };
    }),
  );
  const failing = results.filter(({ word }) => !FINE.has(word));
  const status = failing.some(({ essential, word }) => essential && word !== BUSY)
    ? "down"
    : failing.length > 0
      ? "degraded"
      : "ok";
  return { status, checks: Object.fromEntries(results.map(({ name, word }) => [name, word])) };
}
