import { createMemoryCache, sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import type { TRPCError } from "@trpc/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

const LIMITS = {
  declinedCards: { name: "declinedCards", size: 3, refillMs: 60_000 },
  checkout: { name: "checkout", size: 6, refillMs: 60_000 },
};
const THIEF = { callerAddress: "203.0.113.7" };
const NEIGHBOUR = { callerAddress: "203.0.113.8" };

let shop: TestShop;
beforeEach(async () => {
  shop = await createTestShop();
});
afterEach(() => shop[Symbol.asyncDispose]());

/** Each time as by another process: what is known of the others is in the database. */
async function buy(who: Partial<Context>, token = "tok_visa"): Promise<string> {
  const limits = { ...shop.services.limits, ...LIMITS };
  const caller = createCallerFactory(shopRouter)(shop.context({ cache: createMemoryCache(), limits, ...who }));
  try {
    await caller.checkout.placeOrder(orderInput({ payment: { method: "card", token } }));
    await shop.settle(createTestGateway());
    return "ordered";
  } catch (error) {
    const { reason, retryAfterSeconds } = errorData(error as TRPCError);
    expect(retryAfterSeconds).toBeGreaterThan(0);
    return reason;
  }
}

async function inTurn(times: number, once: () => Promise<string>): Promise<string[]> {
  const outcomes = [];
  for (let turn = 0; turn < times; turn += 1) outcomes.push(await once());
  return outcomes;
}

it("after a few declined cards from one address a guest waits, and neither a neighbour nor who is signed in there does", async () => {
  const tries = await inTurn(5, () => buy(THIEF, "tok_chargeDeclined"));
  expect(tries).toEqual(["ordered", "ordered", "ordered", "RATE_LIMITED", "RATE_LIMITED"]);
  expect(await buy(THIEF)).toBe("RATE_LIMITED");
  expect(await buy(NEIGHBOUR)).toBe("ordered");
  expect(await buy({ ...THIEF, user: shopper })).toBe("ordered");
  await shop.database.query(sql`UPDATE orders SET placed_at = placed_at - interval '3 minutes'`);
  expect(await buy(THIEF)).toBe("ordered");
});

it("an account is counted wherever it comes from", async () => {
  const tries = await inTurn(5, () => buy({ ...NEIGHBOUR, user: shopper }, "tok_chargeDeclined"));
  expect(tries.slice(3)).toEqual(["RATE_LIMITED", "RATE_LIMITED"]);
  expect(await buy({ ...THIEF, user: shopper })).toBe("RATE_LIMITED");
  expect(await buy(NEIGHBOUR)).toBe("ordered");
});

it("orders that are not declined are limited as well, and an answer that was given is given again", async () => {
  const first = { ...THIEF, idempotencyKey: "the first" };
  expect(await buy(first)).toBe("ordered");
  const tries = await inTurn(6, () => buy(THIEF));
  expect(tries.filter((outcome) => outcome === "RATE_LIMITED")).toHaveLength(1);
  expect(await buy(first)).toBe("ordered");
});

it("what is kept of a guest tells callers apart and names no address", async () => {
  await buy(THIEF);
  await buy(NEIGHBOUR);
  await buy({ ...THIEF, user: shopper });
  const kept = await shop.database.query<{ caller: string | null }>(sql`SELECT caller FROM orders ORDER BY placed_at`);
  expect(new Set(kept.map(({ caller }) => caller)).size).toBe(3);
  expect(kept.at(-1)).toEqual({ caller: null });
  expect(JSON.stringify(kept)).not.toContain("203.0.113");
});
