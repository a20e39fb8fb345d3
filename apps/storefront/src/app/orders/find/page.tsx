import type { Metadata } from "next";
import { LookUp } from "../../../find-order/look-up.tsx";

export const metadata: Metadata = { title: "Find your order", robots: { index: false } };

export default function FindOrderPage() {
  return (
    <LookUp next="/account/orders">
      With the number of your order and the e-mail address that you gave, we send you the link to it.
    </LookUp>
  );
}
