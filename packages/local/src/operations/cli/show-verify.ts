/** `tillstream verify`: every invariant, with what breaks it. */
import type { Database } from "@tillstream/runtime";
import { httpLedger } from "../verify/index.ts";
import type { Finding } from "../verify/index.ts";
import { verifyRunning } from "../verify/verify-running.ts";
import { runningGatewayUrl } from "./gateway-url.ts";
import { UsageError } from "./moment.ts";
import { print } from "./output.ts";

const BROKEN_SHOWN_MAX = 10;
const WAIT_SECONDS_MAX = 3_600;
const MARK = {
  holds: "ok       ",
  broken: "BROKEN   ",
  notChecked: "?        ",
  skipped: "skipped  ",
  moving: "moving   ",
} as const satisfies Record<Finding["status"], string>;

export interface VerifyCommandOptions {
  readonly wait: string;
  readonly gateway: boolean;
  readonly json?: boolean;
}

/** Resolves to the exit code. */
export async function showVerify(db: Database, { wait, gateway, json }: VerifyCommandOptions): Promise<number> {
  const waitSeconds = Number(wait);
  if (!(waitSeconds >= 0 && waitSeconds <= WAIT_SECONDS_MAX)) {
    throw new UsageError(`--wait takes seconds from 0 to ${WAIT_SECONDS_MAX}, not: ${wait}`);
  }
  const findings = await verifyRunning(db, {
    gateway: gateway ? () => httpLedger(runningGatewayUrl()) : undefined,
    waitMs: waitSeconds * 1_000,
    onLookingAgain: (suspects) =>
      console.error(`Work in hand, or broken? Looking again at ${suspects.map(({ name }) => name).join(", ")}.`),
  });
  const moving = findings.filter(({ status }) => status === "moving").length;
  const failed = findings.filter(({ status }) => status === "broken" || status === "notChecked");
  const lines = findings.flatMap(({ name, explanation, status, checked, broken, durationMs, reason }) => [
    `${MARK[status]}${name}: ${explanation}  (${reason ?? `${checked} in ${durationMs} ms`})`,
    ...broken.slice(0, BROKEN_SHOWN_MAX).map((offender) => `             ${offender}`),
    ...(broken.length > BROKEN_SHOWN_MAX ? [`             and ${broken.length - BROKEN_SHOWN_MAX} more`] : []),
  ]);
  const summary =
    failed.length > 0
      ? `${failed.length} of ${findings.length} invariants do not hold or could not be checked.`
      : moving > 0
        ? `${findings.length - moving} of ${findings.length} invariants hold; ${moving} cannot be judged while the system is at work: wait longer (--wait), or look when it rests.`
        : `All ${findings.length} invariants hold.`;
  print(findings, [...lines, "", summary].join("\n"), json);
  return failed.length === 0 ? 0 : 1;
}
