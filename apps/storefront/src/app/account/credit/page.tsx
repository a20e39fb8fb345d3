import type { Metadata } from "next";
import { CreditView } from "../../../account/credit-view.tsx";
import { ShopData } from "../../../shop/data.tsx";

export const metadata: Metadata = { title: "Store credit" };

export default function CreditPage() {
  return (
    <ShopData>
      <CreditView />
    </ShopData>
  );
}
