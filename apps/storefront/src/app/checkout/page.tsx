import { shopMeasure, TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { CheckoutView } from "../../checkout/checkout-view.tsx";
import { ask, currentUser } from "../../server/shop.ts";

export const metadata: Metadata = { title: "Check out", robots: { index: false } };

export default async function CheckoutPage() {
  const user = await currentUser();
  const credit = user === null ? undefined : await ask((shop) => shop.account.balance({})).catch(() => undefined);
  return (
    <div className={`${shopMeasure} pt-10 md:pt-14`}>
      <h1 className="heading text-4xl">Check out</h1>
      <p className="mt-2 mb-10 text-muted">
        {user === null ? (
          <>
            You are welcome as a guest. <TextLink href="/login?next=/checkout">Sign in</TextLink> to find the order in
            your account later.
          </>
        ) : (
          `Signed in as ${user.email}.`
        )}
      </p>
      <noscript>
        <p className="mb-8 rounded-md bg-sunken p-4">
          To order here, your browser needs JavaScript. What is in your cart is kept.
        </p>
      </noscript>
      <CheckoutView
        shopper={user && { id: user.id, name: user.name, email: user.email }}
        {...(credit && { credit: credit.available })}
      />
    </div>
  );
}
