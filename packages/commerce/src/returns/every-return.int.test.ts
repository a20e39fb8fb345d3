/** Returns among refunds and cancellations, in any order and at once: to the cent, and no unit twice. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandAccount } from "../account/index.ts";
import { shopRouter } from "../routers.ts";
import { createFulfilment, payment, shopper, SKUS } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";

const RUNS = 8;
const lines = [
  { sku: SKUS.mug, quantity: 3 },
  { sku: SKUS.lamp, quantity: 1 },
];
const TOTAL = 3 * 1_200 + 8_900;

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
  const { shop } = fulfilment;
  const open = { type: "open", accountId: shopper.id, currency: "USD" } as const;
  const deposit = { type: "deposit", amount: 900_000, currency: "USD" } as const;
  for (const each of [open, deposit]) await commandAccount(shop.context({ user: shopper }), shopper.id, each, each);
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

const buyer = () => createCallerFactory(shopRouter)(fulfilment.shop.context({ user: shopper })).orders;

const returnOf = async (orderId: string) => (await buyer().aftercare({ orderId })).returns;

const givenBack = (orderId: string) =>
  [...fulfilment.gateway.ledger.values()].find((entry) => entry.orderId === orderId)?.refunded ?? 0;

type Act =
  | { readonly act: "withdraw" | "close" | "parcel" | "cancel" | "ship" | "settle" }
  | {
      readonly act: "request" | "receive" | "refund";
      readonly units: Readonly<Record<string, number>>;
      readonly on: boolean;
    };

const units = fc.record({ [SKUS.mug]: fc.integer({ min: 0, max: 3 }), [SKUS.lamp]: fc.integer({ min: 0, max: 1 }) });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constantFrom("request", "receive", "refund"), units, on: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom("withdraw" as const, "close" as const, "ship" as const, "settle" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom("parcel" as const, "cancel" as const) }) },
);

/** Carried out, or refused. */
async function carryOut(orderId: string, byCard: boolean, what: Act): Promise<void> {
  const { shop, gateway, operator } = fulfilment;
  const orders = operator(shop.services.ids.next()).orders;
  const [latest] = await returnOf(orderId);
  const about = { orderId, returnId: latest?.returnId ?? `${orderId}-1` };
  const wanted =
    "units" in what
      ? Object.entries(what.units).flatMap(([sku, quantity]) => (quantity > 0 ? [{ sku, quantity }] : []))
      : [];
  const to = "on" in what && what.on && byCard ? "card" : "credit";
  const restock = "on" in what && what.on;
  const work = {
    request: () =>
      buyer().requestReturn({ orderId, lines: wanted.map((line) => ({ ...line, reason: "OTHER" as const })), to }),
    receive: () => orders.receiveReturnedLines({ ...about, lines: wanted.map((line) => ({ ...line, restock })) }),
    refund: () => orders.refundLines({ orderId, lines: wanted, restock, to, reason: "chipped" }),
    withdraw: () => buyer().withdrawReturn(about),
    close: () => orders.closeReturn({ ...about, reason: "did not come" }),
    parcel: () => orders.receiveReturn({ orderId, reason: "all of it" }),
    cancel: () => buyer().cancel({ orderId }),
    ship: () => shop.ship(gateway),
    settle: () => shop.settle(gateway),
  }[what.act];
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(TRPCError));
}

it(
  "whatever returns, refunds and cancellations meet: to the cent, no unit twice, and each receipt has its refunds",
  { timeout: 120_000 },
  async () => {
    const { shop, gateway, confirmed } = fulfilment;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
        // What store credit pays of it.
        fc.oneof(fc.constantFrom(0, TOTAL), fc.integer({ min: 1, max: TOTAL - 1 })),
        async (turns, onCredit) => {
          const byCard = onCredit < TOTAL;
          const orderId = await confirmed({ lines, payment: payment(onCredit, TOTAL) });
          await shop.ship(gateway);
          for (const turn of turns) await Promise.all(turn.map((each) => carryOut(orderId, byCard, each)));
          const retrying = sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying' RETURNING id`;
          do await shop.settle(gateway);
          while ((await shop.database.query(retrying)).length > 0);
          const { refunds, status } = await buyer().byId({ orderId });
          const returns = await returnOf(orderId);
          const count = (all: readonly { sku: string; quantity: number }[], sku: string) =>
            all.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
          for (const { sku, quantity } of lines) {
            const refunded = count(
              refunds.flatMap((refund) => refund.lines),
              sku,
            );
            expect(refunded).toBeLessThanOrEqual(quantity);
            const expected = returns.filter((one) => one.status === "requested").flatMap((one) => one.lines);
            expect(count(expected, sku)).toBeLessThanOrEqual(quantity - refunded);
            for (const { received, refundIds } of returns) {
              const paid = refunds.filter(({ refundId }) => refundIds.includes(refundId));
              expect(
                count(
                  paid.flatMap((refund) => refund.lines),
                  sku,
                ),
              ).toBe(count(received, sku));
            }
          }
          const claimed = returns.flatMap(({ refundIds }) => refundIds);
          expect(new Set(claimed).size).toBe(claimed.length);
          expect(refunds.every(({ completedAt }) => completedAt !== null)).toBe(true);
          const inParts = refunds.reduce((sum, { amount }) => sum + amount.amount, 0);
          const isAll = lines.every(
            ({ sku, quantity }) =>
              count(
                refunds.flatMap((refund) => refund.lines),
                sku,
              ) === quantity,
          );
          expect(inParts === TOTAL).toBe(isAll);
          const toCard = refunds.reduce(
            (sum, { to, amount, creditPart }) =>
              to === "card" ? sum + amount.amount - (creditPart?.amount ?? 0) : sum,
            0,
          );
          const rest = status === "cancelled" ? Math.min(TOTAL - inParts, TOTAL - onCredit - toCard) : 0;
          expect(givenBack(orderId)).toBe(toCard + rest);
          if (status === "cancelled") expect(returns.filter((one) => one.status === "requested")).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  },
);
