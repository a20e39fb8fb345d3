/**
 * Verifying a system at work. One snapshot shows unfinished work, and the gateway's ledger is of another moment. So what breaks a
 * rule is looked at again: it is broken if it is still the same while nothing is in hand, or for most of the time there is.
 */
import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Database } from "@tillstream/runtime";
import type { GatewayLedger } from "./gateway-ledger.ts";
import { verify } from "./index.ts";
import type { Finding } from "./index.ts";
import { settled } from "./settled.ts";

const LOOK_AGAIN_MS = 2_000;
const MOST = 2 / 3;

export interface VerifyRunningOptions {
  /** Read again for each look; undefined: do without, and skip what needs it. */
  readonly gateway: (() => GatewayLedger) | undefined;
  /** How long to look again at what breaks a rule; 0 for one look. */
  readonly waitMs: number;
  readonly lookAgainMs?: number;
  /** Before each further look. */
  onLookingAgain?(suspects: readonly Finding[]): void;
}

export async function verifyRunning(db: Database, options: VerifyRunningOptions): Promise<Finding[]> {
  const { gateway, waitMs, lookAgainMs = LOOK_AGAIN_MS, onLookingAgain } = options;
  const startedAt = performance.now();
  const firstSeen = new Map<string, number>();
  const sinceOf = ({ name }: Finding, offender: string): number => {
    const key = `${name} ${offender}`;
    const since = firstSeen.get(key) ?? performance.now();
    firstSeen.set(key, since);
    return since;
  };
  let findings = await verify(db, { gateway: gateway?.() });
  for (;;) {
    const suspects = findings.filter(({ status }) => status === "broken");
    for (const suspect of suspects) suspect.broken.forEach((offender) => sinceOf(suspect, offender));
    if (suspects.length === 0 || performance.now() - startedAt >= waitMs) break;
    onLookingAgain?.(suspects);
    const nothingInHand = (await settled(db, 0)) === undefined;
    await delay(lookAgainMs);
    const again = await verify(db, { gateway: gateway?.(), only: new Set(suspects.map(({ name }) => name)) });
    findings = findings.map((finding) => again.find(({ name }) => name === finding.name) ?? finding);
    if (nothingInHand && again.every((finding, index) => isDeepStrictEqual(finding.broken, suspects[index]?.broken)))
      return findings;
  }
  const endedAt = performance.now();
  return findings.map((finding) => {
    if (finding.status !== "broken") return finding;
    const stood = finding.broken.filter((offender) => endedAt - sinceOf(finding, offender) >= waitMs * MOST);
    return {
      ...finding,
      status: stood.length > 0 ? "broken" : "moving",
      broken: stood.length > 0 ? stood : finding.broken,
    };
  });
}
