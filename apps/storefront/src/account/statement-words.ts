/** What a line of the statement is, in the shopper's words. */
const WORDS: Readonly<Record<string, string>> = {
  opened: "Account opened",
  deposit: "Credit added",
  withdrawal: "Withdrawn",
  hold: "Reserved for an order",
  payment: "Paid for an order",
  release: "Given back, the order was not completed",
  refund: "Returned from an order",
  credit: "Credit from the shop",
};

export function statementWords(type: string): string {
  return WORDS[type] ?? type;
}
