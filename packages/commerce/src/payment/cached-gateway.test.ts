import { createMemoryCache } from "@tillstream/runtime";
import type { Cache } from "@tillstream/runtime";
import { describe, expect, it, vi } from "vitest";
import { cachedGateway } from "./cached-gateway.ts";
import { PaymentProtocolError, PaymentUnavailableError } from "./gateway.ts";
import type { ChargeInput, ChargeOutcome, PaymentGateway, RefundOutcome } from "./gateway.ts";

const never = new AbortController().signal;
const input: ChargeInput = {
  orderId: "o1",
  amount: 2_500,
  currency: "USD",
  token: "tok_visa",
  idempotencyKey: "o1:charge",
};
const refund = { chargeId: "ch_1", amount: 2_500, idempotencyKey: "o1:refund" };
const captured: ChargeOutcome = { kind: "captured", chargeId: "ch_1" };

/** Counts its calls; a key that returns with another amount is refused, as real ones do. */
function countingGateway(outcomes: { charge?: ChargeOutcome; refund?: RefundOutcome } = {}) {
  const amounts = new Map<string, number>();
  const gateway = {
    charge: vi.fn<PaymentGateway["charge"]>(async ({ idempotencyKey, amount }) => {
      const first = amounts.get(idempotencyKey) ?? amount;
      amounts.set(idempotencyKey, first);
      if (first !== amount) throw new PaymentProtocolError("the key was used with another amount");
      return outcomes.charge ?? captured;
    }),
    refund: vi.fn<PaymentGateway["refund"]>(async () => outcomes.refund ?? { kind: "refunded", refundId: "re_1" }),
    findCharge: vi.fn<PaymentGateway["findCharge"]>(async () => captured),
    findCapture: vi.fn<PaymentGateway["findCapture"]>(async () => undefined),
    listCaptures: vi.fn<PaymentGateway["listCaptures"]>(async () => ({ captures: [], nextCursor: undefined })),
  } satisfies PaymentGateway;
  return gateway;
}

const broken: Cache = {
  get: () => Promise.reject(new Error("the cache is away")),
  set: () => Promise.reject(new Error("the cache is away")),
  delete: () => Promise.reject(new Error("the cache is away")),
  take: () => Promise.reject(new Error("the cache is away")),
  health: async () => "down",
  close: async () => undefined,
};
const hanging: Cache = { ...broken, get: () => new Promise(() => undefined), set: () => new Promise(() => undefined) };
const off: Cache = { ...broken, get: async () => undefined, set: async () => undefined };

/** What every write of the cached gateway leads to, whatever is in the cache at this moment. */
async function holdsAnswer(cache: Cache, key: string): Promise<void> {
  await vi.waitFor(async () => expect(await cache.get(key)).toBeDefined());
}

describe("with a cache that works", () => {
  it.each<ChargeOutcome>([captured, { kind: "declined", code: "generic_decline", message: "No." }])(
    "the outcome $kind is asked for once",
    async (outcome) => {
      const cache = createMemoryCache();
      const gateway = countingGateway({ charge: outcome });
      const cached = cachedGateway(gateway, cache, "test");
      expect(await cached.charge(input, never)).toEqual(outcome);
      await holdsAnswer(cache, "payment:test:charge:o1:charge");
      expect(await cached.charge(input, never)).toEqual(outcome);
      expect(gateway.charge).toHaveBeenCalledTimes(1);
    },
  );

  it("a refund is asked for once, a refusal of one each time", async () => {
    const cache = createMemoryCache();
    const gateway = countingGateway();
    const cached = cachedGateway(gateway, cache, "test");
    const first = await cached.refund(refund, never);
    await holdsAnswer(cache, "payment:test:refund:o1:refund");
    expect(await cached.refund(refund, never)).toEqual(first);
    expect(gateway.refund).toHaveBeenCalledTimes(1);

    const refusing = countingGateway({ refund: { kind: "refused", code: "charge_not_found", message: "No." } });
    const again = cachedGateway(refusing, createMemoryCache(), "test");
    await again.refund(refund, never);
    await again.refund(refund, never);
    expect(refusing.refund).toHaveBeenCalledTimes(2);
  });

  it("an unknown outcome is never kept", async () => {
    const cache = createMemoryCache();
    const gateway = countingGateway();
    gateway.charge.mockRejectedValueOnce(new PaymentUnavailableError("no answer"));
    const cached = cachedGateway(gateway, cache, "test");
    await expect(cached.charge(input, never)).rejects.toThrow(PaymentUnavailableError);
    expect(await cached.charge(input, never)).toEqual(captured);
    expect(gateway.charge).toHaveBeenCalledTimes(2);
  });

  it("a key that returns with another amount goes to the gateway, which refuses it", async () => {
    const cache = createMemoryCache();
    const gateway = countingGateway();
    const cached = cachedGateway(gateway, cache, "test");
    await cached.charge(input, never);
    await holdsAnswer(cache, "payment:test:charge:o1:charge");
    await expect(cached.charge({ ...input, amount: 1 }, never)).rejects.toThrow(PaymentProtocolError);
  });

  it("an emptied cache costs a call, and no more", async () => {
    const cache = createMemoryCache();
    const gateway = countingGateway();
    const cached = cachedGateway(gateway, cache, "test");
    await cached.charge(input, never);
    await holdsAnswer(cache, "payment:test:charge:o1:charge");
    await cache.delete("payment:test:charge:o1:charge");
    expect(await cached.charge(input, never)).toEqual(captured);
    expect(gateway.charge).toHaveBeenCalledTimes(2);
  });

  it.each([
    [
      "of another input",
      JSON.stringify({ fingerprint: "another", outcome: { kind: "captured", chargeId: "ch_planted" } }),
    ],
    ["that is not JSON", "captured"],
    ["of another shape", JSON.stringify({ outcome: captured })],
  ])("an entry %s is a miss", async (_, planted) => {
    const cache = createMemoryCache();
    await cache.set("payment:test:charge:o1:charge", planted, 60);
    const gateway = countingGateway();
    expect(await cachedGateway(gateway, cache, "test").charge(input, never)).toEqual(captured);
    expect(gateway.charge).toHaveBeenCalledTimes(1);
  });

  it("what became of a charge is always looked up in the books", async () => {
    const gateway = countingGateway();
    const cached = cachedGateway(gateway, createMemoryCache(), "test");
    await cached.findCharge(input, never);
    await cached.findCharge(input, never);
    expect(gateway.findCharge).toHaveBeenCalledTimes(2);
  });
});

describe.each([
  ["off", off],
  ["failing", broken],
  ["slow", hanging],
])("with a cache that is %s", (_, cache) => {
  it("every answer is the gateway's own", async () => {
    const gateway = countingGateway();
    const cached = cachedGateway(gateway, cache, "test");
    expect(await cached.charge(input, never)).toEqual(captured);
    expect(await cached.charge(input, never)).toEqual(captured);
    expect(await cached.refund(refund, never)).toEqual({ kind: "refunded", refundId: "re_1" });
    expect(gateway.charge).toHaveBeenCalledTimes(2);
  });
});
