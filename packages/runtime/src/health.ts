/** What `/health` answers: Postgres away is `down` and 503; anything else away is `degraded` and 200. */
export type CheckResult = "ok" | "degraded" | "down";

export interface HealthReport {
  readonly status: CheckResult;
  readonly checks: Readonly<Record<string, string>>;
}

export interface HealthCheck {
  readonly name: string;
  /** A failing essential check takes the whole process down. */
  readonly essential: boolean;
  /** Resolves to a word for the report (`ok` when fine); a rejection counts as `down`. */
  check(): Promise<string>;
}

const FINE = new Set(["ok", "in-process"]);

export async function checkHealth(checks: readonly HealthCheck[]): Promise<HealthReport> {
  const results = await Promise.all(
    checks.map(async ({ name, essential, check }) => ({ name, essential, word: await check().catch(() => "down") })),
  );
  const failing = results.filter(({ word }) => !FINE.has(word));
  const status = failing.some(({ essential }) => essential) ? "down" : failing.length > 0 ? "degraded" : "ok";
  return { status, checks: Object.fromEntries(results.map(({ name, word }) => [name, word])) };
}
