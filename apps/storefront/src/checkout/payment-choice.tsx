"use client";
import type { Money as MoneyValue } from "@tillstream/commerce";
import { Money, RadioCard, RadioGroup } from "@tillstream/ui";
import CreditCard from "lucide-react/icons/credit-card";
import { CARDS, STORE_CREDIT } from "./payment-methods.ts";

export interface PaymentChoiceProps {
  readonly value: string;
  readonly error?: string | undefined;
  /** What is available on the shopper's account; undefined without one. */
  readonly credit?: MoneyValue | undefined;
  readonly onChange: (id: string) => void;
}

/** How to pay. This shop is a test shop: the cards are made up, and each says how it behaves. */
export function PaymentChoice({ value, error, credit, onChange }: PaymentChoiceProps) {
  return (
    <div id="payment">
      <p className="mb-4 rounded-md bg-waiting-soft px-4 py-2.5 text-sm">
        This is a test shop. The cards are made up, and no money moves.
      </p>
      <RadioGroup legend="Pay with" legendHidden error={error} className="sm:grid-cols-2">
        {CARDS.map(({ id, title, description }) => (
          <RadioCard
            key={id}
            name="payment"
            value={id}
            checked={value === id}
            onChange={() => onChange(id)}
            title={<span className="figures">{title}</span>}
            description={description}
            trail={<CreditCard size={20} aria-hidden="true" className="text-muted" />}
          />
        ))}
        {credit !== undefined && (
          <RadioCard
            name="payment"
            value={STORE_CREDIT}
            checked={value === STORE_CREDIT}
            onChange={() => onChange(STORE_CREDIT)}
            title="Store credit"
            description="From your account with us."
            trail={<Money value={credit} />}
          />
        )}
      </RadioGroup>
    </div>
  );
}
