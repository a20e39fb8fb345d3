/** The list's filters, as in the address, and the amount as a person types it. */
import { createLoader, createSerializer } from "nuqs/server";
import { otherwise, part, place } from "../console/address.ts";

const DOLLARS_MAX = 20_000_000_000;
const MIN_RULE = `must be an amount in dollars, at most ${DOLLARS_MAX}, such as 12.50`;

export const accountFilters = {
  /** The least balance, in dollars. */
  min: otherwise(
    part(MIN_RULE, (typed) => plainDollars(typed) ?? null),
    0,
  ),
  /** The page shows what comes after it. */
  after: place,
};

export const loadAccountFilters = createLoader(accountFilters);
const serialize = createSerializer(accountFilters);

export interface AccountFilters {
  readonly min: number;
  readonly after: string | null;
}

export function accountsHref(filters: Partial<AccountFilters>): string {
  return `/accounts${serialize(filters)}`;
}

export function listInput({ min, after }: AccountFilters) {
  return { minBalance: Math.round(min * 100), cursor: after ?? undefined, limit: 50 };
}

/** As an address has it: a plain decimal number, and no other way to write one. */
export function plainDollars(typed: string): number | undefined {
  if (!/^\d{1,11}(\.\d{1,2})?$/.test(typed) || Number(typed) > DOLLARS_MAX) return undefined;
  return Number(typed);
}

/** Dollars as typed ("1,250.50", "$20"); undefined when it is not an amount. Nothing typed is 0. */
export function dollarsOf(typed: string): number | undefined {
  const plain = typed.trim().replace(/^\$/, "").replaceAll(",", "");
  return plain === "" ? 0 : plainDollars(plain);
}

export const accountColumns = ["Account", "Balance", "Held", "Available", "Version", "Opened", "Last change"] as const;
