/** Amounts as people read them. */

/** The shop sells in one currency. */
export const SHOP_CURRENCY = "USD";

/** A bound of what may be sent, in minor units, as the person reads it who typed more. */
export const atMost = (amount: number): string => `at most ${formatMoney(amount, SHOP_CURRENCY)}`;

/** Minor units as text, such as `$24.00`. */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
