/** Our test tokens as Stripe's test cards. Anything else is a PaymentMethod of Stripe's already. */
const TEST_CARDS: ReadonlyMap<string, string> = new Map([
  ["tok_visa", "pm_card_visa"],
  ["tok_slow", "pm_card_visa"],
  ["tok_timeout", "pm_card_visa"],
  ["tok_flaky", "pm_card_visa"],
  ["tok_duplicateWebhook", "pm_card_visa"],
  ["tok_chargeDeclined", "pm_card_visa_chargeDeclined"],
  ["tok_insufficientFunds", "pm_card_visa_chargeDeclinedInsufficientFunds"],
]);

export function paymentMethodOf(token: string, isTest: boolean): string {
  return (isTest ? TEST_CARDS.get(token) : undefined) ?? token;
}
