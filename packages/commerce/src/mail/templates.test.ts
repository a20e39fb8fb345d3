import { expect, it } from "vitest";
import { cancellationLetter, confirmationLetter, formatMoney, returnLetter, shippedLetter } from "./templates.ts";

const order = {
  orderId: "0190-abcdef1234567890",
  status: "confirmed",
  email: "ines@example.com",
  total: 11_300,
  currency: "USD",
  customerId: null,
  paymentMethod: "card",
  paymentToken: "tok_visa",
  paymentStatus: "captured",
  chargeId: "ch_1",
  lines: [
    { sku: "MUG", name: "Mug", quantity: 2, unitPrice: 1_200 },
    { sku: "LAMP", name: "Lamp, brass", quantity: 1, unitPrice: 8_900 },
  ],
} as const;

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
  const { subject, body } = confirmationLetter(order);
  expect(subject).toBe("Your Fernhill order 34567890 is confirmed");
  expect(body).toContain("  2 x Mug, $24.00\n  1 x Lamp, brass, $89.00\n");
  expect(body).toContain("Total: $113.00");
});

it("a cancellation says why, and what became of the money", () => {
  const whenPaymentIs = (paymentStatus: "none" | "captured" | "refunded", code: string) =>
    cancellationLetter({ ...order, paymentStatus }, code).body;
  expect(whenPaymentIs("none", "CARD_DECLINED")).toMatch(/^Your bank declined the card\.\nYou were not charged\./);
  expect(whenPaymentIs("refunded", "OUT_OF_STOCK")).toMatch(/^One of the items sold out.*\nWe returned \$113\.00/);
  expect(whenPaymentIs("none", "SOMETHING_NEW")).toMatch(/^We could not complete your order\./);
  expect(whenPaymentIs("captured", "NOT_COMPLETED")).toMatch(
    /^Something went wrong on our side.*\n\$113\.00 is on its way back/,
  );
});

it("what is on its way is told of with the number that it is followed by", () => {
  const { subject, body } = shippedLetter(order, "Meadow Post", "MP000000000042");
  expect(subject).toBe("Your Fernhill order 34567890 is on its way");
  expect(body).toMatch(/^Meadow Post has it now.*MP000000000042\n\n  2 x Mug\n  1 x Lamp, brass\n/);
});

it("a cancellation of one's own says that nothing is sent, and does not say try again", () => {
  const { body } = cancellationLetter({ ...order, paymentStatus: "refunded" }, "CANCELLED_BY_CUSTOMER");
  expect(body).toMatch(/^You cancelled it before it left, and nothing will be sent\.\nWe returned \$113\.00/);
  expect(body).not.toContain("try again");
});

it("a return says where the money goes", () => {
  expect(returnLetter(order).body).toContain("We are returning $113.00 to the card that you paid with.");
  expect(returnLetter({ ...order, paymentMethod: "account" }).body).toContain("$113.00 to your store credit.");
});

it("no letter holds the card's token", () => {
  const letters = [
    confirmationLetter(order),
    cancellationLetter(order, "CARD_DECLINED"),
    shippedLetter(order, "Meadow Post", "MP1"),
    returnLetter(order),
  ];
  expect(JSON.stringify(letters)).not.toContain("tok_");
});
