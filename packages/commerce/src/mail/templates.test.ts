import { formatMoney } from "../catalogue/index.ts";
import { expect, it } from "vitest";
import {
  sampleDispatch as dispatch,
  sampleExpected as expected,
  sampleOrder as order,
  sampleReference as reference,
  sampleRefund as refund,
} from "./samples.ts";
import {
  cancellationLetter,
  confirmationLetter,
  linkLetter,
  refundLetter,
  returnLetter,
  shippedLetter,
} from "./templates.ts";

const letters = () => [
  confirmationLetter(order, reference, expected),
  cancellationLetter(order, reference, "CARD_DECLINED"),
  shippedLetter(order, reference, dispatch),
  returnLetter(order, reference),
  refundLetter(order, reference, refund),
  linkLetter(reference, 90),
];

it("a confirmation says what the total is made of, where that is more than goods", () => {
  const price = {
    goods: 11_300,
    discount: { code: "SPRING", amount: 1_130 },
    delivery: { method: "express", amount: 1_200 },
    tax: { country: "DE", basisPoints: 1_900, amount: 1_815, included: true },
  } as const;
  const { body } = confirmationLetter({ ...order, total: 11_370, price }, reference, expected);
  for (const said of [
    "Code SPRING, less $11.30",
    "Express delivery, $12.00",
    "Total: $113.70",
    "$18.15 of tax, at 19 %",
  ])
    expect(body).toContain(said);
  const added = { ...price, tax: { ...price.tax, included: false } };
  expect(confirmationLetter({ ...order, price: added }, reference, expected).body).toContain("Tax at 19 %, $18.15");
});

it("money is written with the digits that its currency has", () => {
  expect([
    formatMoney(2_400, "USD"),
    formatMoney(5, "USD"),
    formatMoney(0, "USD"),
    formatMoney(2_400, "JPY"),
    formatMoney(123_456_789, "USD"),
  ]).toEqual(["$24.00", "$0.05", "$0.00", "¥2,400", "$1,234,567.89"]);
});

it("a confirmation names every line with its sum, and the total", () => {
  const { subject, body } = confirmationLetter(order, reference, expected);
  expect(subject).toBe("Your Fernhill order 7K2MQ-X40VB is confirmed");
  expect(body).toContain("  2 x Mug, $24.00\n  1 x Lamp, brass, $89.00\n");
  expect(body).toContain("Total: $113.00");
});

it("a cancellation says why, and what became of the money", () => {
  const whenPaymentIs = (paymentStatus: "none" | "captured" | "refunded", code: string) =>
    cancellationLetter({ ...order, paymentStatus }, reference, code).body;
  expect(whenPaymentIs("none", "CARD_DECLINED")).toMatch(/^Your bank declined the card\.\nYou were not charged\./);
  expect(whenPaymentIs("refunded", "OUT_OF_STOCK")).toMatch(/^One of the items sold out.*\nWe returned \$113\.00/);
  expect(whenPaymentIs("none", "SOMETHING_NEW")).toMatch(/^We could not complete your order\./);
  expect(whenPaymentIs("captured", "NOT_COMPLETED")).toMatch(
    /^Something went wrong on our side.*\n\$113\.00 is on its way back/,
  );
});

it("a try whose payment was declined was never an order that is cancelled, and another try is told of by itself", () => {
  const { subject, body } = cancellationLetter({ ...order, paymentStatus: "none" }, reference, "CARD_DECLINED");
  expect(subject).toBe("The payment for your Fernhill order 7K2MQ-X40VB did not go through");
  expect(cancellationLetter({ ...order, paymentStatus: "none" }, reference, "CREDIT_GONE").subject).toBe(subject);
  expect(body).not.toContain("cancelled");
  expect(body).toContain("If you have tried again since");
});

it("what is on its way is told of with the number that it is followed by", () => {
  const { subject, body } = shippedLetter(order, reference, dispatch);
  expect(subject).toBe("Your Fernhill order 7K2MQ-X40VB is on its way");
  expect(body).toMatch(/^Meadow Post has it now.*MP000000000042\nArrives.*\n\n  2 x Mug\n  1 x Lamp, brass\n/);
});

it("a cancellation of one's own says that nothing is sent, and does not say try again", () => {
  const { body } = cancellationLetter({ ...order, paymentStatus: "refunded" }, reference, "CANCELLED_BY_CUSTOMER");
  expect(body).toMatch(/^You cancelled it before it left, and nothing will be sent\.\nWe returned \$113\.00/);
  expect(body).not.toContain("try again");
});

it("a return says where the money goes", () => {
  expect(returnLetter(order, reference).body).toContain("We are returning $113.00 to the card that you paid with.");
  expect(returnLetter({ ...order, paymentMethod: "account" }, reference).body).toContain(
    "$113.00 to your store credit.",
  );
});

it("a refund of a part names its units, and what follows returns the rest", () => {
  expect(refundLetter(order, reference, refund).body).toMatch(
    /^We returned \$12\.00 to the card that you paid with, .*on December 14, 2026:\n\n {2}1 x Mug\n/,
  );
  const after = { ...order, paymentStatus: "refunded", refunds: [refund] } as const;
  expect(returnLetter(after, reference).body).toMatch(
    /\$101\.00 to the card.*\nYou have had \$12\.00 of it back before/,
  );
  expect(cancellationLetter(after, reference, "CANCELLED_BY_CUSTOMER").body).toContain("We returned $101.00");
});

it("an order that card and credit paid together says what each paid, and what each gets back", () => {
  const both = { ...order, customerId: "c", creditPart: 2_000, creditTaken: true } as const;
  expect(confirmationLetter(both, reference, expected).body).toContain(
    "You paid $20.00 with your store credit and $93.00 by card.",
  );
  expect(returnLetter(both, reference).body).toContain(
    "We are returning $93.00 to the card that you paid with and $20.00 to your store credit.",
  );
  expect(refundLetter(both, reference, { ...refund, creditPart: 500 }).body).toMatch(
    /^We returned \$7\.00 to the card that you paid with and \$5\.00 to your store credit, for this part/,
  );
  const over = (paymentStatus: "none" | "refunded") =>
    cancellationLetter({ ...both, creditTaken: false, paymentStatus }, reference, "OUT_OF_STOCK").body;
  expect(over("none")).toContain("You were not charged. Your store credit is all there.");
  expect(over("refunded")).toContain("We returned $93.00 to where it came from. Your store credit is all there.");
});

it("a parcel that is not wanted has an address to go back to, and a label to get from its order's page", () => {
  expect(shippedLetter(order, reference, dispatch).body).toMatch(
    /choose it on the page of your order, print the label there, fix it on the parcel and send it to:\n {2}Fernhill, 1 Orchard Lane\n/,
  );
});

it("a letter names the days that the order's page names, and none that is over", () => {
  const between = "Arrives between Friday, December 4 and Tuesday, December 8.";
  expect(confirmationLetter(order, reference, expected).body).toContain(between);
  const shipped = shippedLetter(order, reference, dispatch).body;
  expect(shipped).toContain(between);
  expect(shipped).toContain("you can send it back until December 31, 2026, 23:30 UTC: choose it");
  expect(shippedLetter(order, reference, { ...dispatch, expected: null }).body).not.toContain("Arrives");
});

it("every letter names the order by its number and ends with the way to it", () => {
  for (const { subject, body } of letters()) {
    expect(subject).toContain("7K2MQ-X40VB");
    expect(body).toMatch(/\n\nSee order 7K2MQ-X40VB:\nhttps:\/\/shop\.test\/orders\/1\?token=t$/);
  }
});

it("no letter holds the card's token", () => {
  expect(JSON.stringify(letters())).not.toContain("tok_");
});
