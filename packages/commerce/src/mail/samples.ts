/** One of each letter that the shop writes, made up, for those who look at all of them: tests, and the sheet of `npm run screenshots`. */
import { htmlOf } from "./html.ts";
import type { Letter } from "./letter.ts";
import * as login from "./login-letters.ts";
import * as templates from "./templates.ts";

const SHOP = "https://shop.test";

export const sampleOrder = {
  orderId: "0190-abcdef1234567890",
  status: "confirmed",
  email: "ines@example.com",
  total: 11_300,
  currency: "USD",
  price: null,
  customerId: null,
  paymentMethod: "card",
  paymentToken: "tok_visa",
  paymentStatus: "captured",
  creditPart: 0,
  creditTaken: false,
  chargeId: "ch_1",
  lines: [
    { sku: "MUG", name: "Mug", quantity: 2, unitPrice: 1_200 },
    { sku: "LAMP", name: "Lamp, brass", quantity: 1, unitPrice: 8_900 },
  ],
  refunds: [],
  placedAt: new Date("2026-12-01T15:00:00Z"),
} as const;

export const sampleRefund = {
  refundId: "r1",
  lines: [{ sku: "MUG", quantity: 1 }],
  amount: 1_200,
  to: "card",
  restock: true,
  hadLeft: true,
  status: "completed",
  at: new Date("2026-12-14T23:30:00Z"),
} as const;

export const sampleReference = { number: "7K2MQ-X40VB", accessToken: "t", url: `${SHOP}/orders/1?token=t` };
export const sampleExpected = { from: "2026-12-04", to: "2026-12-08" };
export const sampleDispatch = {
  carrier: "Meadow Post",
  trackingNumber: "MP000000000042",
  returnsAddress: "Fernhill, 1 Orchard Lane",
  returnUntil: new Date("2026-12-31T23:30:00Z"),
  expected: sampleExpected,
};
const sampleReturn = {
  number: "RT-7K2MQ",
  lines: [{ sku: "MUG", quantity: 1 }],
  labelUrl: `${SHOP}/orders/1/return/1?token=t`,
  returnsAddress: sampleDispatch.returnsAddress,
};

export const loginLetters: Readonly<Record<string, Letter>> = {
  confirm: login.confirmationLetter(`${SHOP}/confirm?token=t&next=%2F`, SHOP),
  welcome: login.welcomeLetter(SHOP),
  known: login.knownAddressLetter(SHOP),
  reset: login.resetLetter(`${SHOP}/reset?token=t`),
  newAddress: login.newAddressLetter(`${SHOP}/confirm-email?token=t`),
  changed: login.addressChangedLetter(SHOP),
};

export const orderLetters: Readonly<Record<string, Letter>> = {
  confirmed: templates.confirmationLetter(sampleOrder, sampleReference, sampleExpected),
  shipped: templates.shippedLetter(sampleOrder, sampleReference, sampleDispatch),
  declined: templates.cancellationLetter({ ...sampleOrder, paymentStatus: "none" }, sampleReference, "CARD_DECLINED"),
  cancelled: templates.cancellationLetter(sampleOrder, sampleReference, "CANCELLED_BY_CUSTOMER"),
  address: templates.addressLetter(sampleReference),
  returnRequested: templates.returnRequestedLetter(sampleOrder, sampleReference, sampleReturn),
  returnClosed: templates.returnClosedLetter(sampleReference, sampleReturn.number),
  returned: templates.returnLetter(sampleOrder, sampleReference),
  refunded: templates.refundLetter(sampleOrder, sampleReference, sampleRefund),
  link: templates.linkLetter(sampleReference, 90),
};

/** As a mail program shows each. */
export function sampleMails(): Promise<{ readonly name: string; readonly html: string }[]> {
  const letters = Object.entries({ ...orderLetters, ...loginLetters });
  return Promise.all(letters.map(async ([name, letter]) => ({ name, html: await htmlOf(letter) })));
}
