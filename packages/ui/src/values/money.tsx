import { cn } from "../cn.ts";
import { formatMoney, type MoneyValue } from "./format-money.ts";

export type MoneyProps = {
  value: MoneyValue;
  /** Writes a plus before what comes in, for statements and ledgers. */
  signed?: boolean | undefined;
  locale?: string | undefined;
  className?: string | undefined;
};

/** A price or balance with figures of equal width. Takes minor units; zero-decimal currencies are right. */
export function Money({ value, signed, locale, className }: MoneyProps) {
  return (
    <data value={`${value.amount} ${value.currency}`} className={cn("figures whitespace-nowrap", className)}>
      {formatMoney(value, { signed, locale })}
    </data>
  );
}
