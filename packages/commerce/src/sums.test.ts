/** Of 1,000 random carts, with codes, delivery, tax, credit beside the card and partial returns: every sum agrees, to the cent. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { accountAggregate } from "./account/index.ts";
import { salesByDayProjection } from "./analytics/projections/sales-by-day.ts";
import type { SalesOfDay } from "./analytics/projections/sales-by-day.ts";
import { order as decider, moneyBackIn, priceOf, restOf, showPrice } from "./order/index.ts";
import type { OrderLine } from "./order/events.ts";
import type { OrderCommand, OrderState } from "./order/order.ts";
import { priceRows } from "./order/price-rows.ts";
import { toOrderPage } from "./order/page.ts";
import type { OrderPrice, PriceTerms } from "./order/price.ts";

const RUNS = 1_000;
const DEPOSIT = 1_000_000_000;

const lines = fc
  .array(fc.record({ quantity: fc.integer({ min: 1, max: 12 }), unitPrice: fc.integer({ min: 100, max: 50_000 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((some) => some.map((one, at) => ({ ...one, sku: `item-${at}`, name: "", image: "" })));

const terms: fc.Arbitrary<PriceTerms> = fc.record({
  delivery: fc.record({ method: fc.constantFrom("standard", "express"), amount: fc.constantFrom(0, 1_200, 2_899) }),
  tax: fc.option(
    fc.record({ country: fc.constant("DE"), basisPoints: fc.integer({ min: 1, max: 3_000 }), included: fc.boolean() }),
  ),
  discount: fc.option(
    fc.record({
      code: fc.constant("P"),
      kind: fc.constantFrom("percent" as const, "amount" as const),
      value: fc.integer({ min: 1, max: 100 }),
    }),
  ),
});

/** What comes back by itself, a part after the other: which line, how many units, to where. */
const parts = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 4 }), fc.constantFrom("card", "credit")), {
  maxLength: 8,
});

interface Recorded {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An order and what its commands recorded. */
function orderOf() {
  let state: OrderState = decider.initialState;
  const recorded: Recorded[] = [];
  return {
    get state() {
      return state;
    },
    recorded,
    run(command: OrderCommand): void {
      const events = decider.decide(command, state);
      recorded.push(...events);
      state = events.reduce(decider.evolve, state);
    },
  };
}

/** A projection is erased to what its reader calls; of an event its type, data, day and stream are looked at. */
const project = salesByDayProjection.project as (day: SalesOfDay | undefined, event: object) => SalesOfDay | undefined;

/** The day's figures, folded by the projection itself. */
const salesOf = (recorded: readonly Recorded[]): SalesOfDay | undefined =>
  recorded
    .filter(({ type }) => salesByDayProjection.definitions.some((definition) => definition.type === type))
    .reduce<SalesOfDay | undefined>(
      (day, event) => project(day, { ...event, recordedAt: new Date(0), streamId: "order-1" }),
      undefined,
    );

const VIEW = {
  orderId: "0199c1d2-0000-7000-8000-000000000001",
  version: 1,
  status: "shipped",
  currency: "USD",
  steps: [],
  cancelReason: null,
  attention: [],
  tracking: null,
  placedAt: "",
  updatedAt: "",
} as const;

/** What remains of total and tax, as the receipt has it; each refund has a share of the tax that is within it. */
function taxAfter({ total, creditPart, refunds }: OrderState, bought: readonly OrderLine[], price: OrderPrice) {
  const page = toOrderPage({
    ...VIEW,
    total,
    price,
    creditPart,
    lines: bought,
    refunds: refunds.map((refund) => ({ ...refund, requestedAt: "", completedAt: null })),
  });
  const taxes = page.refunds.map(({ tax, amount }) => {
    const share = tax?.amount ?? 0;
    expect(share >= 0 && share <= amount.amount).toBe(true);
    return share;
  });
  const sum = (amounts: readonly number[]) => amounts.reduce((before, amount) => before + amount, 0);
  return { total: total - sum(refunds.map(({ amount }) => amount)), tax: (price.tax?.amount ?? 0) - sum(taxes) };
}

it("quote, order, card, credit, receipt, sales and refunds agree", () => {
  fc.assert(
    fc.property(
      lines,
      terms,
      fc.double({ min: 0, max: 1, noNaN: true }),
      parts,
      fc.boolean(),
      (bought, agreed, share, wanted, isOver) => {
        const quoted = showPrice(priceOf(bought, agreed), "USD");
        const total = quoted.total.amount;
        const creditPart = Math.min(total - 1, Math.floor(share * total));
        const rows = priceRows(quoted).filter(({ included }) => !included);
        expect(rows.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(total);

        const order = orderOf();
        order.run({ type: "create", orderId: "1", currency: "USD", lines: bought, terms: agreed, creditPart });
        order.run({ type: "recordPayment", chargeId: "ch" });
        order.run({ type: "recordReservation", lines: bought });
        order.run({ type: "confirm", units: bought.reduce((sum, { quantity }) => sum + quantity, 0) });
        order.run({ type: "startShipping" });
        order.run({ type: "recordShipment", shipmentId: "s", carrier: "c", trackingNumber: "t" });
        const charged = Number(order.recorded.find(({ type }) => type === "PaymentCaptured")?.data["amount"]);
        expect([order.state.total, charged + creditPart]).toEqual([total, total]);

        for (const [at, quantity, to] of wanted) {
          const line = bought[at];
          const taken = order.state.refunds.flatMap((part) => part.lines).filter(({ sku }) => sku === line?.sku);
          const left = (line?.quantity ?? 0) - taken.reduce((sum, one) => sum + one.quantity, 0);
          if (line === undefined || left === 0) continue;
          const units = [{ sku: line.sku, quantity: Math.min(left, quantity) }];
          order.run({ type: "requestRefund", lines: units, bought, to, restock: true, reason: "", cameBack: false });
          const refundId = order.state.refunds.at(-1)?.refundId ?? "";
          order.run({ type: "completeRefund", refundId, reference: "r" });
        }
        const left = taxAfter(order.state, bought, priceOf(bought, agreed));
        const isAll = order.state.refunds.reduce((sum, { amount }) => sum + amount, 0) === total;
        if (isAll) expect(left.tax).toBe(0);
        // Of what remains the tax is at the order's rate, but for the cents that its lines are rounded by.
        const rate = agreed.tax?.basisPoints ?? 0;
        const due = (left.total * rate) / (10_000 + rate);
        expect(Math.abs(left.tax - due)).toBeLessThanOrEqual(bought.length + 1);

        const back = moneyBackIn(order.state.refunds);
        const rest = isOver ? restOf(order.state) : { toCard: 0, toCredit: 0 };
        if (isOver) {
          order.run({ type: "recordReturn", shipmentId: "s", reason: "" });
          order.run({ type: "recordRefund", refundId: "re" });
        }
        expect(back.toCard + rest.toCard).toBeLessThanOrEqual(charged);
        if (isOver) expect(back.toCard + rest.toCard + back.toCredit + rest.toCredit).toBe(total);

        // The account as the checkout, the refunds and the return have it.
        const account = accountAggregate.decider;
        const opened = { accountId: "a", currency: "USD" };
        const move = (before: typeof account.initialState, command: Parameters<typeof account.decide>[0]) =>
          account.decide(command, before).reduce(account.evolve, before);
        let ledger = move(account.initialState, { type: "open", ...opened });
        ledger = { ...ledger, balance: DEPOSIT };
        const held = { holdId: "h", orderId: "1", currency: "USD" };
        if (creditPart > 0) {
          ledger = move(ledger, { type: "placeHold", ...held, amount: creditPart });
          ledger = move(ledger, { type: "captureHold", holdId: "h" });
        }
        for (const { refundId, to, amount, creditPart: part = 0 } of order.state.refunds) {
          const credited = to === "credit" ? amount : part;
          if (credited > 0) ledger = move(ledger, { type: "creditRefund", refundId, ...held, amount: credited });
        }
        const inParts = Math.min(creditPart, back.toCredit);
        if (isOver) ledger = move(ledger, { type: "undoHold", holdId: "h", inParts });
        expect(ledger.balance).toBe(DEPOSIT - creditPart + back.toCredit + rest.toCredit);

        const sums = back.toCard + back.toCredit + rest.toCard + rest.toCredit;
        expect(salesOf(order.recorded)).toMatchObject({ orders: 1, revenue: total, refunded: sums });
      },
    ),
    { numRuns: RUNS },
  );
});
