"use client";
import { TextLink } from "@tillstream/ui";
import { TypedField } from "./typed-field.tsx";
import type { CheckoutViewProps } from "./checkout-view-props.ts";
import type { TypedProps } from "./use-typed.ts";

export function ContactStep({ typed, shopper }: { typed: TypedProps } & Pick<CheckoutViewProps, "shopper">) {
  return (
    <>
      <div className="mb-5 text-muted">
        <WhoOrders shopper={shopper} />
      </div>
      <TypedField
        of={typed}
        name="email"
        label="E-mail"
        field={{ hint: "For mails about this order, and nothing else." }}
        input={{ type: "email", autoComplete: "email", inputMode: "email" }}
      />
    </>
  );
}

export function WhoOrders({ shopper }: Pick<CheckoutViewProps, "shopper">) {
  if (shopper !== null) return <p>Signed in as {shopper.email}.</p>;
  return (
    <p>
      You are welcome as a guest. <TextLink href="/login?next=/checkout">Sign in</TextLink> to find the order in your
      account later.
    </p>
  );
}
