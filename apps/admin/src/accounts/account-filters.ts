/** The list's filters, as in the address, and the amount as a person types it. */
import { createLoader, createSerializer, parseAsFloat, parseAsString } from "nuqs/server";

export const accountFilters = {
  /** The least balance, in dollars. */
  min: parseAsFloat.withDefault(0),
  /** The cursor of the page: it shows what comes after it. */
  after: parseAsString,
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

const MIN_MAX_CENTS = 2_000_000_000;

/** An amount out of bounds counts as the nearest within; an invalid cursor starts from the beginning. */
export function listInput({ min, after }: AccountFilters) {
  const cents = Number.isFinite(min) ? Math.round(min * 100) : 0;
  const cursor = after !== null && /^\d{1,10}~[^~]{1,100}$/.test(after) ? after : undefined;
  return { minBalance: Math.min(Math.max(cents, 0), MIN_MAX_CENTS), cursor, limit: 50 };
}

/** Dollars as typed ("1,250.50", "$20"); undefined when it is not an amount. Nothing typed is 0. */
export function dollarsOf(typed: string): number | undefined {
  const plain = typed.trim().replace(/^\$/, "").replaceAll(",", "");
  if (plain === "") return 0;
  if (!/^\d{1,8}(\.\d{1,2})?$/.test(plain)) return undefined;
  return Number(plain);
}

export const accountColumns = ["Account", "Balance", "Held", "Available", "Version", "Opened", "Last change"] as const;
