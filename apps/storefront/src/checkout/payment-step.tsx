"use client";
import { Money, RadioCard, RadioGroup } from "@tillstream/ui";
import { CardFields } from "./card-fields.tsx";
import { CreditPart } from "./credit-part.tsx";
import type { CheckoutViewProps } from "./checkout-view-props.ts";
import { STORE_CREDIT } from "./fields.ts";
import type { QuoteNow } from "./use-quote.ts";
import type { TypedProps } from "./use-typed.ts";

interface PaymentStepProps extends Pick<CheckoutViewProps, "credit"> {
  readonly typed: TypedProps;
  readonly pricing: QuoteNow;
}

const tooLittle = (amount: number): string =>
  amount === 0 ? "There is nothing in your account." : "It does not cover this order. Use it for a part, with a card.";

/** How to pay: by card, with store credit where there is an account, or with both. */
export default function PaymentStep({ typed, credit, pricing }: PaymentStepProps) {
  const { fields, errors, change } = typed;
  const byCredit = fields.payment === STORE_CREDIT;
  const total = pricing.quote?.price.total;
  const isTooLittle = credit !== undefined && total !== undefined && credit.amount < total.amount;
  return (
    <div id="payment" className="grid gap-6">
      {credit === undefined ? (
        errors.payment !== undefined && (
          <p role="alert" className="text-sm text-failed">
            {errors.payment}
          </p>
        )
      ) : (
        <RadioGroup legend="Pay with" legendHidden error={errors.payment} className="sm:grid-cols-2">
          <RadioCard
            name="payment"
            value="card"
            checked={!byCredit}
            onChange={() => change("payment", "card")}
            title="Card"
            description="Charged when we confirm the order."
          />
          <RadioCard
            name="payment"
            value={STORE_CREDIT}
            checked={byCredit}
            // One that was chosen stays in sight until another is.
            disabled={isTooLittle && !byCredit}
            onChange={() => change("payment", STORE_CREDIT)}
            title="Store credit"
            description={isTooLittle ? tooLittle(credit.amount) : "From your account with us."}
            trail={<Money value={credit} />}
          />
        </RadioGroup>
      )}
      {!byCredit && credit !== undefined && credit.amount > 0 && (
        <CreditPart typed={typed} credit={credit} total={total} />
      )}
      {!byCredit && <CardFields typed={typed} />}
    </div>
  );
}
