"use client";
import { arrivalWords } from "@tillstream/commerce/arrival-words";
import { Button, Field, Money, RadioCard, RadioGroup, Select, Skeleton } from "@tillstream/ui";
import { AddressFields } from "./address-fields.tsx";
import type { CheckoutViewProps, SavedAddress } from "./checkout-view-props.ts";
import { deliveryMethodOf, fieldsOfSaved } from "./fields.ts";
import { useCart } from "../cart/cart-provider.tsx";
import { daysWords, METHOD_NAMES } from "./summaries.ts";
import type { QuoteNow } from "./use-quote.ts";
import type { TypedProps } from "./use-typed.ts";

interface DeliveryStepProps extends Pick<CheckoutViewProps, "addresses"> {
  readonly typed: TypedProps;
  readonly pricing: QuoteNow;
}

/** Where it goes, and how: each method at its price for that country. */
export default function DeliveryStep({ typed, addresses, pricing }: DeliveryStepProps) {
  return (
    <div className="grid gap-8">
      {addresses.length > 0 && <Saved typed={typed} addresses={addresses} />}
      <AddressFields typed={typed} />
      <div id="delivery">
        <Methods typed={typed} pricing={pricing} />
      </div>
    </div>
  );
}

/** Fills the fields in, where they can still be changed for this order. */
function Saved({ typed: { fields, fill }, addresses }: Pick<DeliveryStepProps, "typed" | "addresses">) {
  const isIn = (address: SavedAddress) =>
    Object.entries(fieldsOfSaved(address)).every(([name, value]) => fields[name as keyof typeof fields] === value); // a field's name
  const options = addresses.map(({ id, name, line1, city }) => ({ value: id, label: `${name}, ${line1}, ${city}` }));
  return (
    <Field id="savedAddress" label="Saved address">
      <Select
        value={addresses.find(isIn)?.id ?? ""}
        options={[{ value: "", label: "Another address" }, ...options]}
        onChange={({ target }) => {
          const chosen = addresses.find(({ id }) => id === target.value);
          fill(chosen === undefined ? ANOTHER : fieldsOfSaved(chosen));
        }}
      />
    </Field>
  );
}

const ANOTHER = { line1: "", line2: "", city: "", region: "", postalCode: "" };

function Methods({ typed: { fields, errors, change }, pricing }: { typed: TypedProps; pricing: QuoteNow }) {
  const { stranger } = useCart();
  const offers = pricing.quote?.deliveryOffers;
  if (offers === undefined && stranger !== undefined)
    return <p className="text-ink-soft">The delivery methods come once it is clear whose order this is.</p>;
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
