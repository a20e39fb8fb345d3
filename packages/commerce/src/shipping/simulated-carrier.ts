/**
 * The carrier of the local environment. It needs no memory: a label is worked out from its key, so that the same key
 * gives the same tracking number for ever, in every process. Two cities make it misbehave, for tests and demonstrations.
 */
import { createHash } from "node:crypto";
import { CarrierUnavailableError } from "./carrier.ts";
import type { Carrier } from "./carrier.ts";
import { setTimeout as delay } from "node:timers/promises";

const CARRIER_NAME = "Meadow Post";
const DIGITS = 12;
/** An address in this city never gets a label. */
export const UNREACHABLE_CITY = "Nowhere";
/** An address in this city gets its label after `SLOW_MS`. */
const SLOW_CITY = "Slowtown";
const SLOW_MS = 3_000;

export const simulatedCarrier: Carrier = {
  async createLabel({ address, idempotencyKey }, signal) {
    if (address["city"] === UNREACHABLE_CITY) throw new CarrierUnavailableError("the carrier does not answer");
    if (address["city"] === SLOW_CITY) await delay(SLOW_MS, undefined, { signal });
    return { carrier: CARRIER_NAME, trackingNumber: trackingNumberOf(idempotencyKey) };
  },
};

function trackingNumberOf(key: string): string {
  const hash = BigInt(`0x${createHash("sha256").update(key).digest("hex")}`);
  return `MP${(hash % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, "0")}`;
}
