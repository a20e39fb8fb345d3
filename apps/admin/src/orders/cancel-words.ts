/** Why an order was cancelled, by the stable code of it; a code without words is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  OUT_OF_STOCK: "An item sold out before it was reserved",
  CARD_DECLINED: "The bank declined the card",
  INSUFFICIENT_FUNDS: "There was not enough money",
  CREDIT_GONE: "The store credit that was to pay a part was gone; the card was not charged",
  ACCOUNT_NOT_OPEN: "The customer has no store credit account",
  TIMED_OUT: "The payment service gave no answer in time",
  UNAVAILABLE: "The payment service could not be reached",
  NOT_COMPLETED: "A fault of ours before the confirmation",
  SETTLED_BY_HAND: "It could not be undone and was settled by hand",
  STOPPED_BY_MERCHANT: "A member of staff had its checkout undone",
  CANCELLED_BY_CUSTOMER: "The customer cancelled it before it left",
  CANCELLED_BY_MERCHANT: "A member of staff cancelled it before it left",
  RETURNED: "The customer sent it back",
};

export const cancelWords = (code: string): string => WORDS[code] ?? code;
