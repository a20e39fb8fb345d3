import { shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { OrderView } from "../../../order/order-view.tsx";
import { askOrNotFound } from "../../../server/shop.ts";
import { ShopData } from "../../../shop/data.tsx";

export const metadata: Metadata = { title: "Your order", robots: { index: false }, referrer: "no-referrer" };

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<{ token?: string }>;
}

export default async function OrderPage({ params, searchParams }: Props) {
  const { id: orderId } = await params;
  const { token } = await searchParams;
  const access = { orderId, ...(token !== undefined && { accessToken: token }) };
  const order = await askOrNotFound((shop) => shop.orders.byId(access));
  return (
    <div className={`${shopMeasure} pt-10 md:pt-14`}>
      <ShopData>
        <OrderView access={access} first={order} />
      </ShopData>
    </div>
  );
}
