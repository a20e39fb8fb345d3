"use client";
/** The button, and what became of the last try: below the steps, whichever is open. */
import { Banner, Button, ErrorPanel, formatMoney } from "@tillstream/ui";
import type { Failure } from "../cart/cart-calls.ts";
import { useCart } from "../cart/cart-provider.tsx";
import { GoOnAsGuest } from "../cart/go-on-as-guest.tsx";
import { SignInLink } from "../shop/sign-in-link.tsx";
import { Confirming } from "./confirming.tsx";
import type { OrderAccess, Ordering } from "./use-ordering.ts";
import type { QuoteNow } from "./use-quote.ts";

export interface PlaceOrderPanelProps {
  readonly ordering: Ordering;
  readonly confirming: OrderAccess | undefined;
  readonly pricing: QuoteNow;
  /** In the last step: everything is said. */
  readonly isReady: boolean;
  /** Before the page opens again for a guest. */
  readonly onGuest: () => void;
  readonly onConfirmed: (order: OrderAccess, status: string) => void;
}

export function PlaceOrderPanel({
  ordering,
  confirming,
  pricing,
  isReady,
  onGuest,
  onConfirmed,
}: PlaceOrderPanelProps) {
  const { cart, saving } = useCart();
  const unknown = ordering.state === "unknown" && confirming === undefined;
  const orderable = cart !== undefined && saving === "saved" && cart.problems.length === 0 && pricing.isCurrent;
  const total = pricing.quote === undefined ? "…" : formatMoney(pricing.quote.price.total);
  return (
    <div className="empty:hidden">
      {unknown && <Unknown failure={ordering.failure} />}
      {ordering.state === "refused" && !isSettled(ordering, cart?.version) && (
        <Refused failure={ordering.failure} onGuest={onGuest} />
      )}
      <div role="status">
        {confirming !== undefined && <Confirming key={confirming.orderId} order={confirming} onOver={onConfirmed} />}
      </div>
      {confirming === undefined && (isReady || unknown) && (
        <>
          <Button
            type="submit"
            variant="primary"
            size="lg"
            className="mt-6 w-full"
            loading={ordering.state === "sending"}
            disabled={!unknown && !orderable}
          >
            {unknown ? "Ask what became of it" : `Place order · ${total}`}
          </Button>
          <p className="mt-3 text-sm text-muted">You are charged once, when we confirm the order.</p>
        </>
      )}
    </div>
  );
}

function Unknown({ failure }: { failure: Failure | undefined }) {
  return (
    <Banner tone="waiting" role="alert" title="We do not know yet whether your order went through" className="mt-5">
      The answer was lost on its way. Ask again: one cart is one order, and you will not be charged twice. What you
      typed is kept, and can be changed once we know.{" "}
      {failure !== undefined && (
        <>
          {failure.message} <SignInLink reason={failure.reason} />
        </>
      )}
    </Banner>
  );
}

const ANOTHER_PERSON = ["SIGNED_OUT", "SIGNED_IN_AS_ANOTHER"];

/** What is to be done, where the message of the server does not say it. */
const TITLES: Readonly<Record<string, string>> = {
  OUT_OF_STOCK: "Not everything is in stock any more",
  PRICE_CHANGED: "The price has changed",
  UNKNOWN_SKU: "Something in your cart is not sold any more",
  CART_CHANGED: "Your cart has changed",
  CART_EMPTY: "Your cart is empty",
  SIGNED_OUT: "You have been signed out",
  SIGNED_IN_AS_ANOTHER: "Somebody else has signed in here",
};

/** What was refused for its lines is marked there, and goes from here once it is settled. */
const MARKED_ABOVE = ["OUT_OF_STOCK", "PRICE_CHANGED", "UNKNOWN_SKU"];

/** Each step that settles it makes another version of the cart. */
function isSettled({ failure, cartVersion }: Extract<Ordering, { state: "refused" }>, version: number | undefined) {
  return MARKED_ABOVE.includes(failure.reason) && version !== cartVersion;
}

/** The last answer itself says that the page no longer speaks for a signed-in person. */
export function personSaid(ordering: Ordering): boolean {
  return "failure" in ordering && ANOTHER_PERSON.includes(ordering.failure?.reason ?? "");
}

function Refused({ failure, onGuest }: { failure: Failure; onGuest: () => void }) {
  const { reason, message, correlationId } = failure;
  const marked = MARKED_ABOVE.includes(reason);
  return (
    <ErrorPanel
      className="mt-5"
      title={TITLES[reason] ?? "The order could not be placed"}
      cause={marked ? undefined : message}
      correlationId={TITLES[reason] === undefined ? correlationId : undefined}
      actions={
        ANOTHER_PERSON.includes(reason) && (
          <div className="flex flex-wrap items-center gap-4">
            <SignInLink reason={reason} />
            {reason === "SIGNED_OUT" && <GoOnAsGuest onGuest={onGuest} />}
          </div>
        )
      }
    >
      {marked
        ? "Nothing was ordered. Your order shows what it is now: look at it, and order again."
        : "Nothing was ordered; what you typed is kept."}
    </ErrorPanel>
  );
}
