"use client";
import { Button, Money, RadioCard, RadioGroup, Skeleton } from "@tillstream/ui";
import { AddressFields } from "./address-fields.tsx";
import { deliveryMethodOf } from "./fields.ts";
import { arrivalWords } from "../product/dispatch-words.ts";
import { daysWords, METHOD_NAMES } from "./summaries.ts";
import type { QuoteNow } from "./use-quote.ts";
import type { TypedProps } from "./use-typed.ts";

/** Where it goes, and how: each method at its price for that country. */
export default function DeliveryStep({ typed, pricing }: { typed: TypedProps; pricing: QuoteNow }) {
  return (
    <div className="grid gap-8">
      <AddressFields typed={typed} />
      <div id="delivery">
        <Methods typed={typed} pricing={pricing} />
      </div>
    </div>
  );
}

function Methods({ typed: { fields, errors, change }, pricing }: { typed: TypedProps; pricing: QuoteNow }) {
  const offers = pricing.quote?.deliveryOffers;
  if (offers === undefined && pricing.failure === undefined) return <Skeleton className="h-36 w-full" />;
  if (offers === undefined)
    return (
      <p role="alert" className="text-failed">
        What delivery costs could not be read.{" "}
        <Button size="sm" onClick={pricing.again}>
          Try again
        </Button>
      </p>
    );
  return (
    <RadioGroup legend="Delivery method" error={errors.delivery}>
      {offers.map(({ method, amount, days, arrives }) => (
        <RadioCard
          key={method}
          name="delivery"
          value={method}
          checked={deliveryMethodOf(fields) === method}
          onChange={() => change("delivery", method)}
          title={METHOD_NAMES[method]}
          description={`${arrivalWords(arrives)}: ${daysWords(days)}.`}
          trail={amount.amount === 0 ? "Free" : <Money value={amount} />}
        />
      ))}
    </RadioGroup>
  );
}
