import { shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { CheckoutView } from "../../checkout/checkout-view.tsx";
import { ask, currentUser } from "../../server/shop.ts";

export const metadata: Metadata = { title: "Check out", robots: { index: false } };

export default async function CheckoutPage() {
  const user = await currentUser();
  const credit = user === null ? undefined : await ask((shop) => shop.account.balanceIfOpen({})).catch(() => undefined);
  const saved = user === null ? undefined : await ask((shop) => shop.addresses.list()).catch(() => undefined);
  return (
    <div className={`${shopMeasure} pt-8 md:pt-10`}>
      <h1 className="heading mb-8 text-4xl">Check out</h1>
      <noscript>
        <p className="mb-8 rounded-md bg-sunken p-4">
          To order here, your browser needs JavaScript. What is in your cart is kept.
        </p>
      </noscript>
      <CheckoutView
        shopper={user && { id: user.id, name: user.name, email: user.email }}
        addresses={saved?.items.map(({ id, address }) => ({ id, ...address })) ?? []}
        {...(credit && { credit: credit.available })}
      />
    </div>
  );
}
