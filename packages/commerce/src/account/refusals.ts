/** What an account is refused with, in the words and amounts that people read. */
import { refuse } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { formatMoney } from "../catalogue/index.ts";

export function wrongCurrency(currency: string): Refusal {
  const message = `This account is kept in ${currency}.`;
  return refuse("invalid", "WRONG_CURRENCY", message, {
    fields: [{ field: "amount.currency", rule: `= ${currency}`, message }],
  });
}

/** @param max minor units */
export function outOfRange(max: number, currency: string): Refusal {
  const message = `Enter an amount from ${formatMoney(1, currency)} to ${formatMoney(max, currency)}.`;
  return refuse("invalid", "AMOUNT_OUT_OF_RANGE", message, {
    fields: [{ field: "amount.amount", rule: `1..${max}`, message }],
  });
}

/** @param max minor units */
export function noRoom(max: number, currency: string): Refusal {
  return refuse("conflict", "BALANCE_LIMIT", `An account holds at most ${formatMoney(max, currency)}.`);
}

/** @param available minor units */
export function insufficient(available: number, currency: string): Refusal {
  return refuse("conflict", "INSUFFICIENT_FUNDS", `Only ${formatMoney(available, currency)} is available.`);
}
