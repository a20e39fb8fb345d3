/** What a total is made of, as the rows of a printed receipt. */
import type { OrderPage } from "@tillstream/commerce";
import { formatMoney } from "@tillstream/ui";

interface PriceRow {
  readonly label: string;
  readonly amount: string;
  readonly isTotal?: true;
}

const countries = new Intl.DisplayNames("en", { type: "region" });
const DELIVERY = { standard: "Standard delivery", express: "Express delivery" } as const;
const BASIS_POINTS_OF_PERCENT = 100;

/** A tax that prices contain is said after the total, any other before it. */
export function printedPrice({ goods, discount, delivery, tax, total }: OrderPage["price"]): readonly PriceRow[] {
  const taxRow = tax && {
    label: `${tax.included ? "Including tax" : "Tax"}, ${countries.of(tax.country) ?? tax.country}, ${tax.basisPoints / BASIS_POINTS_OF_PERCENT} %`,
    amount: formatMoney(tax.amount),
  };
  return [
    { label: "Goods", amount: formatMoney(goods) },
    ...(discount === null ? [] : [{ label: `Code ${discount.code}`, amount: `-${formatMoney(discount.amount)}` }]),
    { label: DELIVERY[delivery.method], amount: delivery.amount.amount === 0 ? "free" : formatMoney(delivery.amount) },
    ...(taxRow && tax?.included === false ? [taxRow] : []),
    { label: "Total", amount: formatMoney(total), isTotal: true },
    ...(taxRow && tax?.included === true ? [taxRow] : []),
  ];
}
