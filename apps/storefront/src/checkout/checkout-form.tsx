"use client";
/** The checkout on one page: contact, delivery, payment, review. What was typed stays, whatever becomes of the order. */
import { Field, TextInput } from "@tillstream/ui";
import { useState, type FormEvent, type ReactNode } from "react";
import type { Failure } from "../cart/cart-calls.ts";
import { useCart } from "../cart/cart-provider.tsx";
import { AddressFields } from "./address-fields.tsx";
import type { CheckoutViewProps } from "./checkout-view-props.ts";
import { keepDraft, readDraft } from "./draft.ts";
import { ErrorSummary } from "./error-summary.tsx";
import { checkFields, EMPTY_FIELDS, fieldOf, toCommand } from "./fields.ts";
import type { CheckoutFields, FieldErrors, FieldName } from "./fields.ts";
import { NotCompleted } from "./not-completed.tsx";
import { PaymentChoice } from "./payment-choice.tsx";
import { toPayment } from "./payment-methods.ts";
import { PlaceOrderPanel } from "./place-order-panel.tsx";
import { useOrdering } from "./use-ordering.ts";

interface CheckoutFormProps extends CheckoutViewProps {
  readonly whenEmpty: ReactNode;
  readonly notice: ReactNode;
}

export function CheckoutForm({ shopper, credit, whenEmpty, notice }: CheckoutFormProps) {
  const person = shopper?.id ?? null;
  const { cart, saving } = useCart();
  const [fields, setFields] = useState<CheckoutFields>(() => ({
    ...EMPTY_FIELDS,
    email: shopper?.email ?? "",
    name: shopper?.name ?? "",
    ...readDraft(person),
  }));
  const [errors, setErrors] = useState<FieldErrors>({});
  const { ordering, confirming, ended, place, ask, onConfirmed } = useOrdering((failure) =>
    setErrors(fieldErrors(failure)),
  );

  function change(name: FieldName, value: string): void {
    const next = { ...fields, [name]: value };
    setFields(next);
    keepDraft(person, next);
    if (errors[name] !== undefined) setErrors(({ [name]: _fixed, ...others }) => others);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (ask !== undefined) return void ask();
    const found = checkFields(fields);
    setErrors(found);
    const busy = ordering.state === "sending" || confirming !== undefined;
    const orderable = saving === "saved" && cart?.problems.length === 0 && cart.cartId !== null;
    if (busy || Object.keys(found).length > 0 || !orderable) return;
    void place({
      cartId: cart.cartId,
      cartVersion: cart.version,
      as: person ?? "guest",
      ...toCommand(fields),
      payment: toPayment(fields.payment),
      expectedTotal: { amount: cart.total.amount, currency: "USD" },
    });
  }

  if (ordering.state === "leaving") return <p role="status">Your order is placed. Opening its page…</p>;
  const isIdle = ordering.state === "idle" || ordering.state === "refused";
  if (cart === undefined || (cart.lines.length === 0 && isIdle)) return whenEmpty;
  const { lastOrder } = cart;
  return (
    <form noValidate onSubmit={submit}>
      {notice}
      <div className="grid items-start gap-12 lg:grid-cols-[1.5fr_1fr]">
        <fieldset disabled={!isIdle || confirming !== undefined} className="grid min-w-0 gap-12 disabled:opacity-60">
          <ErrorSummary errors={errors} />
          <Section title="Contact">
            <Field
              id="email"
              label="E-mail"
              hint="For mails about this order, and nothing else."
              error={errors.email}
              required
            >
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
            {isIdle && cart.status === "open" && lastOrder?.status === "cancelled" && (
              <NotCompleted
                key={lastOrder.orderId}
                cancelReason={lastOrder.cancelReason}
                takeFocus={lastOrder.orderId === ended}
              />
            )}
            <PaymentChoice
              value={fields.payment}
              error={errors.payment}
              credit={credit}
              onChange={(id) => change("payment", id)}
            />
          </Section>
        </fieldset>
        <PlaceOrderPanel
          ordering={ordering}
          confirming={confirming}
          onConfirmed={(order, status) => void onConfirmed(order, status)}
        />
      </div>
    </form>
  );
}

/** The form's fields that a refusal names. */
function fieldErrors({ fields }: Failure): FieldErrors {
  const named = fields.flatMap(({ field, message }) => {
    const name = fieldOf(field);
    return name === undefined ? [] : [[name, message] as const];
  });
  return Object.fromEntries(named);
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="heading mb-5 text-2xl">{title}</h2>
      {children}
    </section>
  );
}
