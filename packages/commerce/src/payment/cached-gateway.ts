/**
 * Remembers finished outcomes of a gateway under their idempotency key, so that a repeated step need not call out
 * again. The gateway stays the authority: an unknown outcome is never kept, an entry of another input is a miss, and a
 * cache that is away, slow or wrong in any way is a miss too. It cannot make a charge happen, nor hide one.
 */
import { fingerprintOf } from "@tillstream/eventing";
import { withTimeout } from "@tillstream/runtime";
import type { Cache } from "@tillstream/runtime";
import { z } from "zod";
import type { ChargeOutcome, PaymentGateway, RefundOutcome } from "./gateway.ts";

/** How long real gateways keep a key, too. */
const TTL_SECONDS = 24 * 60 * 60;
/** A cache that takes longer than this is worth less than the call it saves. */
const CACHE_TIMEOUT_MS = 100;

const chargeOutcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("captured"), chargeId: z.string() }),
  z.object({ kind: z.literal("declined"), code: z.string(), message: z.string() }),
]);
const refundOutcome = z.object({ kind: z.literal("refunded"), refundId: z.string() });
const entry = z.object({ fingerprint: z.string(), outcome: z.unknown() });

/** @param namespace keeps gateways that share a cache apart, such as test and live */
export function cachedGateway(gateway: PaymentGateway, cache: Cache, namespace: string): PaymentGateway {
  async function recall<Outcome>(key: string, fingerprint: string, schema: z.ZodType<Outcome>) {
    try {
      const stored = await withTimeout(cache.get(key), CACHE_TIMEOUT_MS, "payment cache");
      if (stored === undefined) return undefined;
      const parsed = entry.parse(JSON.parse(stored));
      return parsed.fingerprint === fingerprint ? schema.parse(parsed.outcome) : undefined;
    } catch {
      return undefined;
    }
  }

  function remember(key: string, fingerprint: string, outcome: ChargeOutcome | RefundOutcome): void {
    const value = JSON.stringify({ fingerprint, outcome });
    // No caller waits for it: an outcome that was not kept is asked for again.
    void Promise.resolve()
      .then(() => cache.set(key, value, TTL_SECONDS))
      .catch(() => undefined);
  }

  return {
    ...gateway,
    async charge(input, signal) {
      const key = `payment:${namespace}:charge:${input.idempotencyKey}`;
      const fingerprint = fingerprintOf(input);
      const known = await recall(key, fingerprint, chargeOutcome);
      if (known !== undefined) return known;
      const outcome = await gateway.charge(input, signal);
      remember(key, fingerprint, outcome);
      return outcome;
    },
    async refund(input, signal) {
      const key = `payment:${namespace}:refund:${input.idempotencyKey}`;
      const fingerprint = fingerprintOf(input);
      const known = await recall(key, fingerprint, refundOutcome);
      if (known !== undefined) return known;
      const outcome = await gateway.refund(input, signal);
      // A refusal may turn into a refund once its reason is gone: only what moved money is final.
      if (outcome.kind === "refunded") remember(key, fingerprint, outcome);
      return outcome;
    },
  };
}
