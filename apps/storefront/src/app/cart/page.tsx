import { shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { WholeCart } from "../../cart/cart-page.tsx";

export const metadata: Metadata = { title: "Your cart" };

export default function CartPage() {
  return (
    <div className={`${shopMeasure} pt-10 md:pt-14`}>
      <h1 className="heading mb-8 text-4xl">Your cart</h1>
      <WholeCart />
    </div>
  );
}
