/**
 * A card number for a token. This module stands where a payment provider's own form would: with a real provider the number goes
 * from the browser to the provider, who answers with a token, and says brand and last four digits. Here it goes nowhere. What is sent to the shop is the token, with these.
 */
import { digitsOf } from "./card.ts";

export interface TestCard {
  readonly number: string;
  readonly token: string;
  /** What becomes of a payment with it. */
  readonly does: string;
}

/** The cards that the local gateway knows, by the numbers that payment providers publish for tests. */
export const TEST_CARDS: readonly TestCard[] = [
  { number: "4242 4242 4242 4242", token: "tok_visa", does: "pays at once" },
  { number: "4000 0000 0000 0077", token: "tok_slow", does: "pays after five seconds" },
  { number: "4000 0000 0000 0002", token: "tok_chargeDeclined", does: "is declined" },
  { number: "4000 0000 0000 9995", token: "tok_insufficientFunds", does: "has too little money" },
];

/** Of a card that no gateway knows: it is declined. */
const UNKNOWN = "tok_unknown";

export function tokenOf(cardNumber: string): string {
  const digits = digitsOf(cardNumber);
  return TEST_CARDS.find(({ number }) => digitsOf(number) === digits)?.token ?? UNKNOWN;
}
