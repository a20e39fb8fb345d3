"use client";
/** The checkout in its steps. What was typed stays, whatever becomes of the order. */
import { Button, Skeleton } from "@tillstream/ui";
import dynamic from "next/dynamic";
import { useEffect, useRef, type FormEvent, type PointerEvent, type ReactNode } from "react";
import { CartNotices } from "../cart/cart-notices.tsx";
import { useCart, useCartStore } from "../cart/cart-provider.tsx";
import { Stranger } from "../cart/stranger.tsx";
import { shownCard } from "./card.ts";
import { tokenOf } from "./card-token.ts";
import type { CheckoutViewProps } from "./checkout-view-props.ts";
import { ContactStep, WhoOrders } from "./contact-step.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { keepDraft } from "./draft.ts";
import { creditPartOf, deliveryMethodOf, toCommand, toPayment } from "./fields.ts";
import { NotCompleted } from "./not-completed.tsx";
import { OrderSummary, OrderSummaryBar } from "./order-summary.tsx";
import { personSaid, PlaceOrderPanel } from "./place-order-panel.tsx";
import { StepSection } from "./step-section.tsx";
import { firstUnfinished, isBefore, problemsOfStep, STEP_TITLES, STEPS, type StepName } from "./steps.ts";
import { deliveryLines, paymentLine } from "./summaries.ts";
import { useIsWide } from "./use-is-wide.ts";
import { useOrdering } from "./use-ordering.ts";
import { useQuote } from "./use-quote.ts";
import { useStep } from "./use-step.ts";
import { useTyped } from "./use-typed.ts";

const loading = () => <Skeleton className="h-64 w-full" />;
const DeliveryStep = dynamic(() => import("./delivery-step.tsx"), { loading });
const PaymentStep = dynamic(() => import("./payment-step.tsx"), { loading });

interface CheckoutFormProps extends CheckoutViewProps {
  readonly whenEmpty: ReactNode;
  readonly notice: ReactNode;
}

export function CheckoutForm({ shopper, addresses, credit, whenEmpty, notice }: CheckoutFormProps) {
  const { cart, saving } = useCart();
  const typed = useTyped({ shopper, addresses, credit });
  const { fields, card, errors, problems, attempt } = typed;
  const { step, go } = useStep(firstUnfinished(problems));
  const pricing = useQuote({
    country: fields.country,
    delivery: deliveryMethodOf(fields),
    ...(fields.discountCode !== "" && { discountCode: fields.discountCode }),
  });
  const { ordering, confirming, ended, place, ask, onConfirmed, settle } = useOrdering({
    onRefused(failure) {
      pricing.again();
      go(typed.refuse(failure) ?? step);
    },
    onCancelled: () => go("payment"),
  });
  const store = useCartStore();
  // Whose session has ended learns it before they type more.
  useEffect(() => void store.refetch(), [store, step]);
  const isWide = useIsWide();
  const leaving = useLeaving(typed.leave);

  const isIdle = ordering.state === "idle" || ordering.state === "refused";
  const isFrozen = !isIdle || confirming !== undefined;
  const { quote, isCurrent } = pricing;

  const change: typeof typed.change = (name, value) => {
    settle();
    typed.change(name, value);
  };
  const fill: typeof typed.fill = (values) => {
    settle();
    typed.fill(values);
  };
  const entry = { ...typed, change, fill, leave: leaving.leave };

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (ask !== undefined) return void ask();
    if (isFrozen || cart === undefined) return;
    if (step !== "review") {
      if (typed.finish(step)) go(firstUnfinished(problems));
      return;
    }
    const orderable = saving === "saved" && cart.problems.length === 0 && cart.cartId !== null;
    if (!orderable || !isCurrent || quote === undefined) return;
    const { discount, total } = quote.price;
    void place({
      cartId: cart.cartId,
      cartVersion: cart.version,
      as: shopper?.id ?? "guest",
      ...toCommand(fields),
      ...(discount !== null && { discountCode: discount.code }),
      payment: toPayment(fields, tokenOf(card.cardNumber), shownCard(card)),
      expectedTotal: { amount: total.amount, currency: "USD" },
    });
  }

  if (ordering.state === "leaving") return <p role="status">Your order is placed. Opening its page…</p>;
  if (cart === undefined || (cart.lines.length === 0 && isIdle)) return whenEmpty;

  const { lastOrder } = cart;
  const bodies: Readonly<Record<StepName, ReactNode>> = {
    contact: <ContactStep typed={entry} shopper={shopper} />,
    delivery: <DeliveryStep typed={entry} addresses={addresses} pricing={pricing} />,
    payment: (
      <>
        {isIdle && cart.status === "open" && lastOrder?.status === "cancelled" && (
          <NotCompleted
            key={lastOrder.orderId}
            cancelReason={lastOrder.cancelReason}
            takeFocus={lastOrder.orderId === ended}
          />
        )}
        <PaymentStep typed={entry} credit={credit} pricing={pricing} />
      </>
    ),
    review: <p className="text-ink-soft">Check what you entered and your order. Then place it.</p>,
  };
  const summaries: Readonly<Record<StepName, ReactNode>> = {
    contact: (
      <>
        <p className="break-words">{fields.email}</p>
        {shopper === null && <WhoOrders shopper={shopper} />}
      </>
    ),
    delivery: deliveryLines(fields).map((line) => (
      <p key={line} className="break-words">
        {line}
      </p>
    )),
    payment: <p>{paymentLine(fields, card, quote?.price.total)}</p>,
    review: null,
  };
  const asGuest = () => keepDraft(null, fields);
  const stranger = <Stranger onGuest={asGuest} />;
  const summary = (As: typeof OrderSummary) => (
    <As
      pricing={pricing}
      discountCode={fields.discountCode}
      creditPart={creditPartOf(fields)}
      isFrozen={isFrozen}
      onDiscountCode={(code) => change("discountCode", code)}
    />
  );
  const reachable = firstUnfinished(problems);
  const stateOf = (one: StepName) => {
    if (one === step && confirming === undefined) return "open";
    return isBefore(one, reachable) ? "done" : "ahead";
  };
  return (
    <>
      {notice}
      {!isWide && summary(OrderSummaryBar)}
      <div className="grid items-start gap-x-16 lg:grid-cols-[1.5fr_1fr]">
        <form noValidate onSubmit={submit} {...leaving.handlers} className="min-w-0 pb-10 max-lg:[&_*]:scroll-mt-20">
          {confirming === undefined && <CartNotices strangerSaid />}
          <fieldset disabled={isFrozen} className="min-w-0 disabled:opacity-60">
            {STEPS.map((one) => (
              <StepSection
                key={one}
                step={one}
                state={stateOf(one)}
                summary={summaries[one]}
                onEdit={isFrozen ? undefined : () => go(one)}
              >
                {!personSaid(ordering) && <div className="mb-5 empty:hidden">{stranger}</div>}
                {attempt > 0 && <ErrorSummary key={attempt} errors={problemsOfStep(one, errors, fields.country)} />}
                {bodies[one]}
                {one !== "review" && (
                  <Button type="submit" variant="primary" size="lg" className="mt-8 w-full sm:w-auto">
                    {continueTo(one)}
                  </Button>
                )}
              </StepSection>
            ))}
          </fieldset>
          <PlaceOrderPanel
            ordering={ordering}
            confirming={confirming}
            pricing={pricing}
            isReady={step === "review"}
            onGuest={asGuest}
            onConfirmed={(order, status) => void onConfirmed(order, status)}
          />
        </form>
        {isWide && summary(OrderSummary)}
      </div>
    </>
  );
}

function continueTo(step: StepName): string {
  const next = STEPS[STEPS.indexOf(step) + 1] ?? "review";
  return `Continue to ${STEP_TITLES[next].toLowerCase()}`;
}

/** An error that appeared as a button is pressed would move the button away from under the pointer: the button's own check follows. */
function useLeaving<Name>(leave: (name: Name) => void) {
  const pressing = useRef(false);
  const press = ({ target }: PointerEvent) => {
    pressing.current = target instanceof Element && target.closest("button, a, label, summary") !== null;
  };
  return {
    leave: (name: Name) => {
      if (!pressing.current) leave(name);
    },
    handlers: {
      onPointerDownCapture: press,
      onPointerUpCapture: () => {
        pressing.current = false;
      },
      onKeyDownCapture: () => {
        pressing.current = false;
      },
    },
  };
}
