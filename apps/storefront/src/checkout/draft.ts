/**
 * What was typed, kept for this tab and for the person who typed it: a reload, a declined card or a session that ended loses
 * nothing, and no other person sees it. The way to pay is not kept.
 */
import { keptInTab, personalKey, type Person } from "../shop/kept.ts";
import { EMPTY_FIELDS, type CheckoutFields } from "./fields.ts";

type Draft = Partial<CheckoutFields>;

/** The way to pay. */
const NOT_KEPT: readonly string[] = ["payment", "useCredit", "creditPart"];

const keyOf = (person: Person) => personalKey("checkout", person);

/** Who signs in on the way takes along the address that they typed as a guest; e-mail and name are the account's own. */
export function readDraft(person: Person): Draft {
  const own = parse(keptInTab.getItem(keyOf(person)));
  if (own !== undefined || person === null) return own ?? {};
  const { email: _email, name: _name, ...address } = parse(keptInTab.getItem(keyOf(null))) ?? {};
  return address;
}

export function keepDraft(person: Person, fields: CheckoutFields): void {
  const kept = Object.entries(fields).filter(([name]) => !NOT_KEPT.includes(name));
  keptInTab.setItem(keyOf(person), JSON.stringify(Object.fromEntries(kept)));
}

export function forgetDraft(person: Person): void {
  keptInTab.removeItem(keyOf(person));
}

function parse(text: string | null): Draft | undefined {
  if (text === null) return undefined;
  try {
    const kept = JSON.parse(text) as Record<string, unknown>;
    const known = Object.keys(EMPTY_FIELDS).filter(
      (name) => !NOT_KEPT.includes(name) && typeof kept[name] === "string",
    );
    return Object.fromEntries(known.map((name) => [name, kept[name]])) as Draft; // names and types were just checked
  } catch {
    return undefined;
  }
}
