/** Why a payment did not become an order, for the shopper who is still at the checkout. The cart is as it was. */
interface Words {
  readonly headline: string;
  readonly text: string;
}

const NOT_CHARGED = "You were not charged, and your cart is as it was.";

const WORDS: Readonly<Record<string, Words>> = {
  CARD_DECLINED: {
    headline: "Your card was declined",
    text: `Your bank did not accept it. ${NOT_CHARGED} Choose another card, or ask your bank and try again.`,
  },
  INSUFFICIENT_FUNDS: {
    headline: "The payment did not go through",
    text: `There was not enough money for it. ${NOT_CHARGED} Choose another way to pay.`,
  },
  CREDIT_GONE: {
    headline: "Your credit was not there any more",
    text: `It was to pay a part, and has gone elsewhere meanwhile. ${NOT_CHARGED} Use less of it, or pay all of it by card.`,
  },
  ACCOUNT_NOT_OPEN: {
    headline: "The payment did not go through",
    text: `You have no store credit account yet. ${NOT_CHARGED} Choose another way to pay.`,
  },
  OUT_OF_STOCK: {
    headline: "It has just sold out",
    text: "Somebody else bought the last one. What you paid goes back to where it came from. Your order shows what is left.",
  },
  TIMED_OUT: {
    headline: "We got no answer about your payment",
    text: "If you were charged, the money goes back to where it came from. Try again, or choose another way to pay.",
  },
  STOPPED_BY_MERCHANT: {
    headline: "We had to cancel your order",
    text: "If you were charged, the money goes back to where it came from. Your cart is as it was.",
  },
  UNAVAILABLE: {
    headline: "We could not take your payment",
    text: `The payment service could not be reached. ${NOT_CHARGED} Try again in a moment.`,
  },
};

const OTHER: Words = {
  headline: "We could not complete your order",
  text: "Something went wrong on our side. If you have paid, the money goes back to where it came from. Your cart is as it was.",
};

export function outcomeWords(cancelReason: string | null): Words {
  return WORDS[cancelReason ?? ""] ?? OTHER;
}
