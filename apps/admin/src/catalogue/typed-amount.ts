/** An amount as a person types it, in minor units. */
import { decimalsOf } from "@tillstream/ui/format-money";

/** Undefined for what is no amount of this currency, such as one with too many decimals. */
export function minorUnitsOf(typed: string, currency: string): number | undefined {
  const decimals = decimalsOf(currency);
  const [, whole = "", part = ""] = /^(\d{1,9})(?:\.(\d+))?$/.exec(typed.trim()) ?? [];
  if (whole === "" || part.length > decimals) return undefined;
  return Number(whole + part.padEnd(decimals, "0"));
}

/** For a field to begin with: 1250 USD is "12.50". */
export function typedAmount(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return (amount / 10 ** decimals).toFixed(decimals);
}
