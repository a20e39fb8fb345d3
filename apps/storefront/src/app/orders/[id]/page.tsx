import { shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OrderLive } from "../../../order/order-live.tsx";
import { Receipt } from "../../../order/receipt.tsx";
import { shop } from "../../../server/services.ts";

export const metadata: Metadata = { title: "Your order", robots: { index: false }, referrer: "no-referrer" };

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<{ token?: string }>;
}

export default async function OrderPage({ params, searchParams }: Props) {
  const { id: orderId } = await params;
  const { token } = await searchParams;
  const access = { orderId, ...(token !== undefined && { accessToken: token }) };
  const caller = await shop();
  const order = await caller.orders.byId(access).catch((error: { code?: string }) => {
    if (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST") notFound();
    throw error;
  });
  return (
    <div className={`${shopMeasure} grid items-start gap-12 pt-10 md:pt-14 lg:grid-cols-[1.5fr_1fr]`}>
      <OrderLive access={access} first={order} />
      <Receipt order={order} />
    </div>
  );
}
