import { shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { OrderLive } from "../../../order/order-live.tsx";
import { Receipt } from "../../../order/receipt.tsx";
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
    <div className={`${shopMeasure} grid items-start gap-12 pt-10 md:pt-14 lg:grid-cols-[1.5fr_1fr]`}>
      <ShopData>
        <OrderLive access={access} first={order} />
      </ShopData>
      <Receipt order={order} />
    </div>
  );
}
