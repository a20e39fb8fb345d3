/**
 * The cart that this tab has sent as an order without hearing yet what became of it, on whichever of its pages. Such a cart is not
 * filled again for a guest: it might be ordered twice.
 */
import { keptInTab, personalKey, type Person } from "../shop/kept.ts";

const keyOf = (person: Person) => personalKey("order-sent", person);

/** Absent where there is no cart yet. */
type CartId = string | null | undefined;

export const keepSent = (person: Person, cartId: CartId): void => keptInTab.setItem(keyOf(person), cartId ?? "");
export const forgetSent = (person: Person): void => keptInTab.removeItem(keyOf(person));
export const wasSent = (person: Person, cartId: CartId): boolean =>
  (cartId ?? "") !== "" && keptInTab.getItem(keyOf(person)) === cartId;
