"use client";
/** The checkout on one page: contact, delivery, payment, review. */
import type { Money as MoneyValue } from "@tillstream/commerce";
import { Field, LinkButton, Skeleton, TextInput } from "@tillstream/ui";
import { useState, type FormEvent, type ReactNode } from "react";
import type { Cart } from "../cart/cart.ts";
import { EmptyCart } from "../cart/empty-cart.tsx";
import { useCart } from "../cart/use-cart.ts";
import { useQuote } from "../cart/use-quote.ts";
import { failureOf } from "../shop/failure.ts";
import { keptInTab } from "../shop/kept.ts";
import { AddressFields } from "./address-fields.tsx";
import { keepDraft, readDraft } from "./draft.ts";
import { ErrorSummary } from "./error-summary.tsx";
import { checkFields, EMPTY_FIELDS, fieldOf, type CheckoutFields, type FieldErrors, type FieldName } from "./fields.ts";
import { PaymentChoice } from "./payment-choice.tsx";
import { PlaceOrderPanel } from "./place-order-panel.tsx";
import { openAttempt } from "./attempt.ts";
import { isOutcomeUnknown, usePlaceOrder } from "./use-place-order.ts";

export interface CheckoutViewProps {
  readonly shopper: { readonly name: string; readonly email: string } | null;
  readonly credit?: MoneyValue | undefined;
}

export function CheckoutView(props: CheckoutViewProps) {
  const cart = useCart();
  return cart === undefined ? <Skeleton className="h-96 w-full" /> : <CheckoutForm cart={cart} {...props} />;
}

/** Made in the browser only, where the cart and what was typed before are known. */
function CheckoutForm({ cart, shopper, credit }: CheckoutViewProps & { readonly cart: Cart }) {
  const quote = useQuote(cart);
  const [fields, setFields] = useState<CheckoutFields>(() => ({
    ...EMPTY_FIELDS,
    email: shopper?.email ?? "",
    name: shopper?.name ?? "",
    ...readDraft(),
  }));
  const [errors, setErrors] = useState<FieldErrors>({});
  const order = usePlaceOrder();
  /** An order was sent and its answer got lost, perhaps before a reload: nothing is changed until it is known. */
  const [unsettledBefore] = useState(() => openAttempt(keptInTab) !== undefined);
  const unsettled = order.isError ? isOutcomeUnknown(order.error) : unsettledBefore && !order.isSuccess;

  function change(name: FieldName, value: string): void {
    const next = { ...fields, [name]: value };
    setFields(next);
    keepDraft(next);
    if (errors[name] !== undefined) setErrors(({ [name]: _mended, ...others }) => others);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const found = unsettled ? {} : checkFields(fields);
    setErrors(found);
    if (Object.keys(found).length > 0 || quote.data === undefined || order.isPending) return;
    order.mutate({ cart, fields, expectedTotal: quote.data.total }, { onError: (error) => showRefusal(error) });
  }

  function showRefusal(error: unknown): void {
    const { fields: problems, reason } = failureOf(error);
    const named = problems.flatMap(({ field, message }) => {
      const name = fieldOf(field);
      return name === undefined ? [] : [[name, message] as const];
    });
    setErrors(Object.fromEntries(named));
    if (reason === "PRICE_CHANGED") void quote.refetch();
  }

  if (order.isSuccess) return <p role="status">Your order is placed. Opening its page…</p>;
  if (cart.length === 0)
    return (
      <EmptyCart
        action={
          <LinkButton href="/products" variant="primary">
            See everything
          </LinkButton>
        }
      />
    );
  return (
    <form noValidate onSubmit={submit} className="grid items-start gap-12 lg:grid-cols-[1.5fr_1fr]">
      <fieldset disabled={unsettled} className="grid min-w-0 gap-12 disabled:opacity-60">
        <ErrorSummary errors={errors} />
        <Section title="Contact">
          <Field id="email" label="E-mail" hint="For the confirmation, and nothing else." error={errors.email} required>
            <TextInput
              name="email"
              type="email"
              autoComplete="email"
              inputMode="email"
              value={fields.email}
              onChange={(event) => change("email", event.target.value)}
            />
          </Field>
        </Section>
        <Section title="Delivery">
          <AddressFields fields={fields} errors={errors} onChange={change} />
        </Section>
        <Section title="Payment">
          <PaymentChoice
            value={fields.payment}
            error={errors.payment}
            credit={credit}
            onChange={(id) => change("payment", id)}
          />
        </Section>
      </fieldset>
      <PlaceOrderPanel cart={cart} quote={quote} order={order} unsettled={unsettled} />
    </form>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="heading mb-5 text-2xl">{title}</h2>
      {children}
    </section>
  );
}
