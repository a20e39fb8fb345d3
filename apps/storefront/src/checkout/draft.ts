/** What was typed, kept for this tab: a reload or a declined card loses nothing. The way to pay is not kept. */
import { keptInTab } from "../shop/kept.ts";
import { EMPTY_FIELDS, type CheckoutFields } from "./fields.ts";

const KEY = "fernhill.checkout";

export function readDraft(): Partial<CheckoutFields> {
  try {
    const kept = JSON.parse(keptInTab.getItem(KEY) ?? "{}") as Record<string, unknown>;
    const known = Object.keys(EMPTY_FIELDS).filter((name) => name !== "payment" && typeof kept[name] === "string");
    return Object.fromEntries(known.map((name) => [name, kept[name]])) as Partial<CheckoutFields>;
  } catch {
    return {};
  }
}

export function keepDraft({ payment: _payment, ...fields }: CheckoutFields): void {
  keptInTab.setItem(KEY, JSON.stringify(fields));
}
