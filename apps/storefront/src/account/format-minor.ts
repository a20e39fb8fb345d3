/** Minor units as a plain decimal, for files: `-12.50`. */
import { decimalsOf } from "@tillstream/ui";

export function formatMinor({ amount, currency }: { amount: number; currency: string }): string {
  const decimals = decimalsOf(currency);
  return (amount / 10 ** decimals).toFixed(decimals);
}
