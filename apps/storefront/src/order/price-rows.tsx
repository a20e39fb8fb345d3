/** What a total is made of, as the server says it. */
import { priceRows } from "@tillstream/commerce/price-rows";
import { cn, formatMoney } from "@tillstream/ui";

interface PriceRowsProps {
  readonly price: Parameters<typeof priceRows>[0];
  readonly className?: string | undefined;
}

export function PriceRows({ price, className }: PriceRowsProps) {
  return (
    <dl className={cn("grid gap-1.5", className)}>
      {priceRows(price).map(({ kind, label, amount, included }) => (
        <div
          key={kind}
          data-testid={`price-${kind}`}
          className={cn("flex justify-between gap-4", included && "text-muted")}
        >
          <dt className="min-w-0 break-words">{label}</dt>
          <dd className="figures whitespace-nowrap">
            {kind === "delivery" && amount.amount === 0 ? "Free" : formatMoney(amount)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
