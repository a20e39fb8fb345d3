import { isRefusal } from "@tillstream/eventing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountAggregate, availableOf, BALANCE_MAX, heldOf, OPERATION_AMOUNT_MAX } from "./account.ts";
import type { AccountCommand, AccountState } from "./account.ts";

const { decider } = accountAggregate;
const open = { type: "open", accountId: "42", currency: "USD" } as const;
const USD = "USD";

function play(commands: readonly AccountCommand[]): { state: AccountState; refusals: string[] } {
  const refusals: string[] = [];
  const state = commands.reduce<AccountState>((current, command) => {
    const decided = decider.decide(command, current);
    if (!isRefusal(decided)) return decided.reduce(decider.evolve, current);
    refusals.push(decided.code);
    return current;
  }, decider.initialState);
  return { state, refusals };
}

const amount = fc.integer({ min: 1, max: 5_000 });
const holdId = fc.constantFrom("h1", "h2", "h3");
const command: fc.Arbitrary<AccountCommand> = fc.oneof(
  fc.record({ type: fc.constant("deposit" as const), amount, currency: fc.constant(USD) }),
  fc.record({ type: fc.constant("withdraw" as const), amount, currency: fc.constant(USD) }),
  fc.record({
    type: fc.constant("placeHold" as const),
    holdId,
    orderId: fc.constant("o"),
    amount,
    currency: fc.constant(USD),
  }),
  fc.record({ type: fc.constant("captureHold" as const), holdId }),
  fc.record({ type: fc.constant("undoHold" as const), holdId }),
);

it("the chapter's account: created, 500 in, 200 out, 700 in, makes 1,000", () => {
  const { state } = play([
    open,
    { type: "deposit", amount: 500_00, currency: USD },
    { type: "withdraw", amount: 200_00, currency: USD },
    { type: "deposit", amount: 700_00, currency: USD },
  ]);
  expect(state.balance).toBe(1_000_00);
});

it("neither the balance nor what is available ever goes below zero", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      for (let length = 0; length <= commands.length; length += 1) {
        const { state } = play([open, ...commands.slice(0, length)]);
        expect(state.balance).toBeGreaterThanOrEqual(0);
        expect(availableOf(state)).toBeGreaterThanOrEqual(0);
        expect(heldOf(state)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 60 },
  );
});

it("undoing a hold puts everything back, whether it was taken or not", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), amount, fc.boolean(), (commands, held, taken) => {
      const before = play([open, { type: "deposit", amount: 10_000, currency: USD }, ...commands]).state;
      const hold: AccountCommand = { type: "placeHold", holdId: "mine", orderId: "o", amount: held, currency: USD };
      const apply = (state: AccountState, one: AccountCommand) => {
        const decided = decider.decide(one, state);
        return isRefusal(decided) ? state : decided.reduce(decider.evolve, state);
      };
      const during = taken ? apply(apply(before, hold), { type: "captureHold", holdId: "mine" }) : apply(before, hold);
      const after = apply(during, { type: "undoHold", holdId: "mine" });
      expect([after.balance, availableOf(after)]).toEqual([before.balance, availableOf(before)]);
    }),
  );
});

describe("is refused", () => {
  const deposit = (value: number, currency = USD) =>
    play([open, { type: "deposit", amount: value, currency }]).refusals;
  it("an amount that is zero, negative, fractional or above the limit", () => {
    for (const value of [0, -1, 1.5, OPERATION_AMOUNT_MAX + 1]) expect(deposit(value)).toEqual(["AMOUNT_OUT_OF_RANGE"]);
    expect(deposit(OPERATION_AMOUNT_MAX)).toEqual([]);
  });
  it("another currency", () => expect(deposit(100, "EUR")).toEqual(["WRONG_CURRENCY"]));
  it("more than the account may hold", () => {
    const full = Array.from(
      { length: BALANCE_MAX / OPERATION_AMOUNT_MAX + 1 },
      () => ({ type: "deposit", amount: OPERATION_AMOUNT_MAX, currency: USD }) as const,
    );
    expect(play([open, ...full]).refusals).toEqual(["BALANCE_LIMIT"]);
  });
  it("anything before the account is open", () => {
    expect(play([{ type: "withdraw", amount: 1, currency: USD }]).refusals).toEqual(["ACCOUNT_NOT_OPEN"]);
  });
  it("what is set aside for an order", () => {
    const { refusals } = play([
      open,
      { type: "deposit", amount: 100, currency: USD },
      { type: "placeHold", holdId: "h", orderId: "o", amount: 60, currency: USD },
      { type: "withdraw", amount: 50, currency: USD },
    ]);
    expect(refusals).toEqual(["INSUFFICIENT_FUNDS"]);
  });
});
