/** An amount in the currency's smallest unit: 1250 USD is $12.50, 1250 JPY is ¥1,250. */
export type MoneyValue = { amount: number; currency: string };

const formatters_max = 64;
const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(locale: string, currency: string, signed: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${signed}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  if (formatters.size >= formatters_max) formatters.clear();
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    signDisplay: signed ? "exceptZero" : "auto",
  });
  formatters.set(key, made);
  return made;
}

/** How many decimals the currency is written with: 2 for USD, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  return formatterFor("en-US", currency, false).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * Minor units as a person reads them. The divisor comes from the currency, so yen are not divided by a hundred.
 * `signed` writes a plus too, for statements.
 */
export function formatMoney(
  { amount, currency }: MoneyValue,
  options: { locale?: string | undefined; signed?: boolean | undefined } = {},
): string {
  const decimals = decimalsOf(currency);
  return formatterFor(options.locale ?? "en-US", currency, options.signed ?? false).format(amount / 10 ** decimals);
}
