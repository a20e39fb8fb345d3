"use client";
/** The checkout on one page: contact, delivery, payment, review. */
import type { Money as MoneyValue } from "@tillstream/commerce";
import { Button, ErrorPanel, Field, LinkButton, Skeleton, TextInput, formatMoney } from "@tillstream/ui";
import { useState, type FormEvent, type ReactNode } from "react";
import type { Cart } from "../cart/cart.ts";
import { EmptyCart } from "../cart/empty-cart.tsx";
import { useCart } from "../cart/use-cart.ts";
import { useQuote } from "../cart/use-quote.ts";
import { failureOf } from "../shop/failure.ts";
import { AddressFields } from "./address-fields.tsx";
import { keepDraft, readDraft } from "./draft.ts";
import { ErrorSummary } from "./error-summary.tsx";
import { checkFields, EMPTY_FIELDS, fieldOf, type CheckoutFields, type FieldErrors, type FieldName } from "./fields.ts";
import { PaymentChoice } from "./payment-choice.tsx";
import { Review } from "./review.tsx";
import { usePlaceOrder } from "./use-place-order.ts";

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

  function change(name: FieldName, value: string): void {
    const next = { ...fields, [name]: value };
    setFields(next);
    keepDraft(next);
    if (errors[name] !== undefined) setErrors(({ [name]: _mended, ...others }) => others);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const found = checkFields(fields);
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
  const failure = order.error === null ? undefined : failureOf(order.error);
  const total = quote.data?.total;
  return (
    <form noValidate onSubmit={submit} className="grid items-start gap-12 lg:grid-cols-[1.5fr_1fr]">
      <div className="grid min-w-0 gap-12">
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
      </div>
      <aside className="min-w-0 rounded-lg bg-sunken p-6 lg:sticky lg:top-28">
        <Review quote={quote} />
        {failure !== undefined && (
          <ErrorPanel
            className="mt-5"
            title={titleOf(failure.reason)}
            cause={failure.message}
            correlationId={failure.correlationId}
          >
            {failure.reason === "PRICE_CHANGED"
              ? "The total above is the new one. Place the order again to accept it."
              : "Nothing was ordered; what you typed is kept."}
          </ErrorPanel>
        )}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          className="mt-6 w-full"
          loading={order.isPending}
          disabled={total === undefined}
        >
          Place order{total && ` · ${formatMoney(total)}`}
        </Button>
        <p className="mt-3 text-sm text-muted">You are charged once, when we confirm the order.</p>
      </aside>
    </form>
  );
}

function titleOf(reason: string): string {
  if (reason === "PRICE_CHANGED") return "A price has changed";
  if (reason === "UNKNOWN_SKU") return "Something in your cart is no longer sold";
  return reason === "UNREACHABLE" ? "No answer from the shop" : "The order could not be placed";
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="heading mb-5 text-2xl">{title}</h2>
      {children}
    </section>
  );
}
