/** The ways to pay in this test shop: cards that behave as their names say, and store credit. */
export interface PaymentMethod {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export const CARDS: readonly PaymentMethod[] = [
  { id: "tok_visa", title: "Visa ending 4242", description: "Pays at once." },
  { id: "tok_slow", title: "Visa ending 0077", description: "A slow bank: pays after five seconds." },
  { id: "tok_chargeDeclined", title: "Visa ending 0002", description: "The bank declines it." },
  { id: "tok_insufficientFunds", title: "Visa ending 9995", description: "Not enough funds." },
];

export const STORE_CREDIT = "account";

export type Payment = { method: "card"; token: string } | { method: "account" };

export function toPayment(id: string): Payment {
  return id === STORE_CREDIT ? { method: "account" } : { method: "card", token: id };
}
