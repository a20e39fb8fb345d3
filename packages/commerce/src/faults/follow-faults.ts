/**
 * Follows the table of faults, and keeps those of the gateway on by a short lease there: they end with the worker, or with the
 * fault, whichever comes first.
 */
import { sql } from "@tillstream/runtime";
import type { Loop } from "@tillstream/runtime";
import type { ActiveFaults } from "./active-faults.ts";
import type { DisturbingPorts } from "./ports.ts";
import { faultsOn, forgetEnded } from "./switches.ts";
import type { Fault } from "./switches.ts";

const FOLLOW_MS = 1_000;
const LEASE_MS = 5_000;

export function followFaults(
  active: ActiveFaults,
  { gatewayUrl, post }: Pick<DisturbingPorts, "gatewayUrl" | "post">,
): Loop {
  let isLeased = false;
  async function renewLease(faults: readonly Fault[]): Promise<void> {
    const fault = faults.find(({ name }) => name === "gateway");
    if (fault === undefined && !isLeased) return;
    const leaseMs = Math.floor(Math.min(LEASE_MS, fault?.leftMs ?? 0));
    await post(`${gatewayUrl}/faults`, { ...(typeof fault?.value === "object" && fault.value), leaseMs });
    isLeased = fault !== undefined;
  }
  return {
    name: "faults",
    intervalMs: FOLLOW_MS,
    due: sql`EXISTS (SELECT FROM faults)`,
    async turn({ db }) {
      const faults = await faultsOn(db);
      active.take(faults);
      await forgetEnded(db);
      await renewLease(faults);
    },
  };
}
