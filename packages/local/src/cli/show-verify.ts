/** `tillstream verify`: every invariant, with what breaks it. */
import { processSettings, readEnv } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { findRunning } from "../system/state-file.ts";
import { readLocalSettings } from "../settings.ts";
import { verify, waitUntilSettled } from "../verify/verify.ts";
import type { Verdict } from "../verify/verify.ts";
import { UsageError } from "./moment.ts";
import { print } from "./output.ts";

const BROKEN_SHOWN_MAX = 10;
const WAIT_SECONDS_MAX = 3_600;
const MARK = { holds: "ok      ", broken: "BROKEN  ", "not checked": "?       " } as const satisfies Record<
  Verdict["outcome"],
  string
>;

export interface VerifyCommandOptions {
  readonly wait: string;
  readonly gateway: boolean;
  readonly json?: boolean;
}

function gatewayUrl(): string {
  return findRunning(readLocalSettings().dataDir)?.urls?.gateway ?? readEnv(processSettings).GATEWAY_URL;
}

/** Resolves to the exit code. */
export async function showVerify(db: Database, { wait, gateway, json }: VerifyCommandOptions): Promise<number> {
  const waitSeconds = Number(wait);
  if (!(waitSeconds >= 0 && waitSeconds <= WAIT_SECONDS_MAX))
    throw new UsageError(`--wait takes seconds from 0 to ${WAIT_SECONDS_MAX}, not: ${wait}`);
  if (waitSeconds > 0 && !(await waitUntilSettled(db, waitSeconds * 1_000)))
    console.error(`Not everything was settled after ${waitSeconds} s.`);
  const verdicts = await verify({ db, ...(gateway && { gatewayUrl: gatewayUrl() }) });
  const failed = verdicts.filter(({ outcome }) => outcome !== "holds");
  const lines = verdicts.flatMap(({ name, outcome, checked, broken, milliseconds }) => [
    `${MARK[outcome]}${name}  (${checked} in ${milliseconds.toFixed(0)} ms)`,
    ...broken.slice(0, BROKEN_SHOWN_MAX).map((offender) => `            ${offender}`),
    ...(broken.length > BROKEN_SHOWN_MAX ? [`            and ${broken.length - BROKEN_SHOWN_MAX} more`] : []),
  ]);
  const summary =
    failed.length === 0
      ? `All ${verdicts.length} invariants hold.`
      : `${failed.length} of ${verdicts.length} invariants do not hold or could not be checked.`;
  print(verdicts, [...lines, "", summary].join("\n"), json);
  return failed.length === 0 ? 0 : 1;
}
