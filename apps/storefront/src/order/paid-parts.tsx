/** What store credit and what the card pays of a total. */
import type { Money as MoneyValue } from "@tillstream/commerce";
import { Money } from "@tillstream/ui";

interface PaidPartsProps {
  readonly creditPart: MoneyValue;
  readonly total: MoneyValue;
  /** Such as `Visa ending 4242`. */
  readonly card?: string;
}

export function PaidParts({ creditPart, total, card = "your card" }: PaidPartsProps) {
  const rows = [
    ["credit", "From your credit", creditPart],
    ["card", `On ${card}`, { ...total, amount: total.amount - creditPart.amount }],
  ] as const;
  return (
    <dl className="mt-2 grid gap-1.5 text-ink-soft">
      {rows.map(([kind, label, value]) => (
        <div key={kind} className="flex justify-between gap-4">
          <dt>{label}</dt>
          <dd data-testid={`paid-${kind}`} className="figures">
            <Money value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
