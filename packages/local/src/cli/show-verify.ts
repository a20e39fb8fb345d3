/** `tillstream verify`: every invariant, with what breaks it. */
import type { Database } from "@tillstream/runtime";
import { httpLedger, settled, verify } from "../verify/index.ts";
import type { Finding } from "../verify/index.ts";
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
  const left = waitSeconds === 0 ? undefined : await settled(db, waitSeconds * 1_000);
  if (left !== undefined) {
    console.error(
      `After ${waitSeconds} s there were still ${left.orders} orders pending and ${left.outbox} events unpublished.`,
    );
  }
  const findings = await verify(db, { gateway: gateway ? httpLedger(runningGatewayUrl()) : undefined });
  const failed = findings.filter(({ status }) => status === "broken" || status === "notChecked");
  const lines = findings.flatMap(({ name, explanation, status, checked, broken, durationMs, reason }) => [
    `${MARK[status]}${name}: ${explanation}  (${reason ?? `${checked} in ${durationMs} ms`})`,
    ...broken.slice(0, BROKEN_SHOWN_MAX).map((offender) => `             ${offender}`),
    ...(broken.length > BROKEN_SHOWN_MAX ? [`             and ${broken.length - BROKEN_SHOWN_MAX} more`] : []),
  ]);
  const summary =
    failed.length === 0
      ? `All ${findings.length} invariants hold.`
      : `${failed.length} of ${findings.length} invariants do not hold or could not be checked.`;
  print(findings, [...lines, "", summary].join("\n"), json);
  return failed.length === 0 ? 0 : 1;
}
