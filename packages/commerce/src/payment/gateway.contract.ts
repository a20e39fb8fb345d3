/** What every `PaymentGateway` does. Run it against each adapter: `describePaymentGateway(name, start)`. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { PaymentProtocolError, PaymentUnavailableError } from "./gateway.ts";
import type { Capture, ChargeInput, PaymentGateway } from "./gateway.ts";

export interface GatewayUnderTest extends AsyncDisposable {
  readonly gateway: PaymentGateway;
  /** The same gateway behind an address that does not answer. */
  readonly unreachable: PaymentGateway;
  /** How many captures the provider itself knows for this order. */
  capturesOf(orderId: string): Promise<number>;
  readonly tokens: {
    readonly succeeds: string;
    readonly declines: string;
    /** Captures, and lets its caller wait. Without a provider that can be made to do so: undefined. */
    readonly timesOut?: string;
    /** Fails twice, then succeeds. */
    readonly flaky?: string;
  };
}

/** @param withFaults whether the provider can be made to time out and to fail */
export function describePaymentGateway(
  name: string,
  start: () => Promise<GatewayUnderTest>,
  { withFaults = true, timeoutMs = 15_000 } = {},
): void {
  describe(`${name} as a PaymentGateway`, { timeout: timeoutMs }, () => {
    let under: GatewayUnderTest;
    beforeAll(async () => {
      under = await start();
    }, 30_000);
    afterAll(() => under[Symbol.asyncDispose]());

    const never = new AbortController().signal;
    const inputFor = (token: string): ChargeInput => {
      const orderId = randomUUID();
      return { orderId, amount: 2_500, currency: "USD", token, idempotencyKey: `${orderId}:charge` };
    };

    it("captures once for a key, and finds it by the key", async () => {
      const input = inputFor(under.tokens.succeeds);
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => under.gateway.charge(input, never)));
      expect(outcomes[0]).toEqual({ kind: "captured", chargeId: expect.any(String) });
      expect(outcomes.every((outcome) => JSON.stringify(outcome) === JSON.stringify(outcomes[0]))).toBe(true);
      expect(await under.gateway.findCharge(input, never)).toEqual(outcomes[0]);
      expect(await under.capturesOf(input.orderId)).toBe(1);
    });

    it("a decline is an outcome with a code, and stays one", async () => {
      const input = inputFor(under.tokens.declines);
      const outcome = await under.gateway.charge(input, never);
      expect(outcome).toEqual({ kind: "declined", code: expect.any(String), message: expect.any(String) });
      expect(await under.gateway.charge(input, never)).toEqual(outcome);
      expect(await under.gateway.findCharge(input, never)).toEqual(outcome);
      expect(await under.capturesOf(input.orderId)).toBe(0);
    });

    it("an unknown token is a decline", async () => {
      const outcome = await under.gateway.charge(inputFor("tok_nobodyKnows"), never);
      expect(outcome).toMatchObject({ kind: "declined", code: "invalid_token" });
    });

    it("an unknown key finds nothing, and looking for it charges nothing", async () => {
      const input = inputFor(under.tokens.succeeds);
      expect(await under.gateway.findCharge(input, never)).toBeUndefined();
      expect(await under.gateway.findCharge(input, never)).toBeUndefined();
      expect(await under.capturesOf(input.orderId)).toBe(0);
      expect(await under.gateway.charge(input, never)).toMatchObject({ kind: "captured" });
    });

    it("a key that was used with another amount is a bug, not an outcome", async () => {
      const input = inputFor(under.tokens.succeeds);
      await under.gateway.charge(input, never);
      await expect(under.gateway.charge({ ...input, amount: 1 }, never)).rejects.toThrow(PaymentProtocolError);
    });

    it.runIf(withFaults)("a transient fault throws, and the same key succeeds when it is over", async () => {
      const input = inputFor(under.tokens.flaky ?? "");
      await expect(under.gateway.charge(input, never)).rejects.toThrow(PaymentUnavailableError);
      await expect(under.gateway.charge(input, never)).rejects.toThrow(PaymentUnavailableError);
      expect(await under.gateway.charge(input, never)).toMatchObject({ kind: "captured" });
      expect(await under.capturesOf(input.orderId)).toBe(1);
    });

    it.runIf(withFaults)("a caller that gives up gets its own reason; the capture is found by the key", async () => {
      const input = inputFor(under.tokens.timesOut ?? "");
      const giveUp = new AbortController();
      const answer = expect(under.gateway.charge(input, giveUp.signal)).rejects.toThrow("the step timed out");
      await vi.waitFor(async () => {
        const found = await under.gateway.findCharge(input, never);
        expect(found).toMatchObject({ kind: "captured" });
      });
      giveUp.abort(new Error("the step timed out"));
      await answer;
    });

    it.runIf(withFaults)("an answer that does not come in time throws", async () => {
      await expect(under.gateway.charge(inputFor(under.tokens.timesOut ?? ""), never)).rejects.toThrow(
        PaymentUnavailableError,
      );
    });

    it("a gateway that cannot be reached throws", async () => {
      const input = inputFor(under.tokens.succeeds);
      await expect(under.unreachable.charge(input, never)).rejects.toThrow(PaymentUnavailableError);
      await expect(under.unreachable.findCharge(input, never)).rejects.toThrow(PaymentUnavailableError);
    });

    it("refunds once for a key and never more than was captured", async () => {
      const input = inputFor(under.tokens.succeeds);
      const charge = await under.gateway.charge(input, never);
      if (charge.kind !== "captured") throw new Error("the token that succeeds did not");
      const refund = { chargeId: charge.chargeId, amount: 2_500, idempotencyKey: `${input.orderId}:refund` };
      const first = await under.gateway.refund(refund, never);
      expect(first).toEqual({ kind: "refunded", refundId: expect.any(String) });
      expect(await under.gateway.refund(refund, never)).toEqual(first);
      const again = await under.gateway.refund({ ...refund, amount: 1, idempotencyKey: randomUUID() }, never);
      expect(again).toMatchObject({ kind: "refused", code: "amount_exceeds_captured" });
    });

    it("the books have each capture once, with what was given back of it", async () => {
      const since = new Date(Date.now() - 1_000);
      const charged = new Map<string, string>();
      for (let count = 0; count < 3; count += 1) {
        const input = inputFor(under.tokens.succeeds);
        const charge = await under.gateway.charge(input, never);
        if (charge.kind === "captured") charged.set(charge.chargeId, input.orderId);
      }
      const [first = ""] = charged.keys();
      await under.gateway.refund({ chargeId: first, amount: 500, idempotencyKey: randomUUID() }, never);
      const listed: Capture[] = [];
      let cursor: string | undefined;
      do {
        const page = await under.gateway.listCaptures({ since, cursor, limit: 2 }, never);
        expect(page.captures.length).toBeLessThanOrEqual(2);
        listed.push(...page.captures);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      const ours = listed.filter(({ chargeId }) => charged.has(chargeId));
      expect(ours.map(({ chargeId }) => chargeId).toSorted()).toEqual([...charged.keys()].toSorted());
      expect(ours.every(({ chargeId, orderId }) => charged.get(chargeId) === orderId)).toBe(true);
      expect(ours.find(({ chargeId }) => chargeId === first)).toMatchObject({
        amount: 2_500,
        refunded: 500,
        currency: "USD",
        at: expect.any(Date),
      });
      expect(await under.gateway.findCapture(first, never)).toEqual(ours.find(({ chargeId }) => chargeId === first));
    });

    it("the books have no capture of a decline, nor of an unknown charge", async () => {
      const input = inputFor(under.tokens.declines);
      await under.gateway.charge(input, never);
      const { captures } = await under.gateway.listCaptures(
        { since: new Date(Date.now() - 60_000), limit: 100 },
        never,
      );
      expect(captures.some(({ orderId }) => orderId === input.orderId)).toBe(false);
      expect(await under.gateway.findCapture("ch_nobody", never)).toBeUndefined();
    });

    it("a refund of an unknown charge is refused", async () => {
      const refund = { chargeId: "ch_nobody", amount: 1, idempotencyKey: randomUUID() };
      expect(await under.gateway.refund(refund, never)).toMatchObject({ kind: "refused", code: "charge_not_found" });
    });
  });
}
