import { misdeclared, specify } from "@tillstream/eventing/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountAggregate, availableOf, BALANCE_MAX, heldOf, OPERATION_AMOUNT_MAX } from "./account.ts";
import type { AccountCommand } from "./account.ts";
import { AccountCreated, CreditGranted, HoldPlaced, MoneyDeposited } from "./events.ts";

const { decider } = accountAggregate;
const open = { type: "open", accountId: "42", currency: "USD" } as const;
const USD = "USD";

const { given, play } = specify(decider);

const amount = fc.integer({ min: 1, max: 5_000 });
const holdId = fc.constantFrom("h1", "h2", "h3");
const command: fc.Arbitrary<AccountCommand> = fc.oneof(
  fc.record({ type: fc.constant("deposit" as const), amount, currency: fc.constant(USD) }),
  fc.record({ type: fc.constant("withdraw" as const), amount, currency: fc.constant(USD) }),
  fc.record({ type: fc.constant("grant" as const), amount, currency: fc.constant(USD) }),
  fc.record({
    type: fc.constant("placeHold" as const),
    holdId,
    orderId: fc.constant("o"),
    amount,
    currency: fc.constant(USD),
  }),
  fc.record({ type: fc.constant("captureHold" as const), holdId }),
  fc.record({
    type: fc.constant("creditRefund" as const),
    refundId: fc.constantFrom("r1", "r2"),
    orderId: fc.constant("o"),
    amount,
    currency: fc.constant(USD),
  }),
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
      const history = [open, { type: "deposit", amount: 10_000, currency: USD }, ...commands] as const;
      const before = play(history).state;
      const hold: AccountCommand = { type: "placeHold", holdId: "mine", orderId: "o", amount: held, currency: USD };
      const capture: AccountCommand[] = taken ? [{ type: "captureHold", holdId: "mine" }] : [];
      const after = play([...history, hold, ...capture, { type: "undoHold", holdId: "mine" }]).state;
      expect([after.balance, availableOf(after)]).toEqual([before.balance, availableOf(before)]);
    }),
  );
});

describe("is refused", () => {
  const opened = AccountCreated.create({ accountId: "42", currency: USD });
  const deposited = (value: number) => MoneyDeposited.create({ accountId: "42", amount: value });
  const deposit = (value: number, currency = USD) => ({ type: "deposit", amount: value, currency }) as const;
  it("an amount that is zero, negative, fractional or above the limit", () => {
    for (const value of [0, -1, 1.5, OPERATION_AMOUNT_MAX + 1])
      given([opened]).when(deposit(value)).thenRefused("AMOUNT_OUT_OF_RANGE");
    given([opened])
      .when(deposit(OPERATION_AMOUNT_MAX))
      .then([deposited(OPERATION_AMOUNT_MAX)]);
  });
  it("the same of what the shop gives", () => {
    const grant = (value: number) => ({ type: "grant", amount: value, currency: USD }) as const;
    for (const value of [0, -1, 1.5, OPERATION_AMOUNT_MAX + 1])
      given([opened]).when(grant(value)).thenRefused("AMOUNT_OUT_OF_RANGE");
    given([opened, deposited(BALANCE_MAX)])
      .when(grant(1))
      .thenRefused("BALANCE_LIMIT");
    given([opened])
      .when(grant(500))
      .then([CreditGranted.create({ accountId: "42", amount: 500 })]);
  });
  it("another currency", () => given([opened]).when(deposit(100, "EUR")).thenRefused("WRONG_CURRENCY"));
  it("more than the account may hold", () => {
    given([opened, deposited(BALANCE_MAX)])
      .when(deposit(1))
      .thenRefused("BALANCE_LIMIT");
  });
  it("anything before the account is open", () => {
    given([]).when({ type: "withdraw", amount: 1, currency: USD }).thenRefused("ACCOUNT_NOT_OPEN");
  });
  it("what is reserved for an order", () => {
    given([opened, deposited(100), HoldPlaced.create({ accountId: "42", holdId: "h", orderId: "o", amount: 60 })])
      .when({ type: "withdraw", amount: 50, currency: USD })
      .thenRefused("INSUFFICIENT_FUNDS");
  });
});

it("its commands lead to the events that they declare, and to no others", () => {
  const plays = fc.sample(fc.array(command, { maxLength: 30, size: "max" }), { numRuns: 1_000, seed: 42 });
  expect(
    misdeclared(
      accountAggregate,
      plays.map((play) => [open, ...play]),
    ),
  ).toEqual([]);
});
