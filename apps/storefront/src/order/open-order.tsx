/** Opens the pages of an order to its owner, and to a guest by the link; all others are told how to get there. */
import type { Aftercare, OrderPage } from "@tillstream/commerce";
import { refusalOf } from "@tillstream/trpc";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ExpiredLink } from "../find-order/forms.tsx";
import { LookUp } from "../find-order/look-up.tsx";
import { ask } from "../server/shop.ts";
import type { OrderAccess } from "./order-stream.ts";

/** The link opens the page: neither a search engine nor another site is to have it. */
export const orderMetadata = (title: string): Metadata => ({
  title,
  robots: { index: false },
  referrer: "no-referrer",
});

export interface OrderPageProps<Params extends { id: string } = { id: string }> {
  readonly params: Promise<Params>;
  readonly searchParams: Promise<{ token?: string | string[] }>;
}

interface Opened {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly aftercare: Aftercare;
}

/** @param page what the order's own are shown */
export async function openOrder(
  { params, searchParams }: OrderPageProps,
  page: (opened: Opened) => ReactNode,
): Promise<ReactNode> {
  const { id: orderId } = await params;
  const { token } = await searchParams;
  const access = { orderId, ...(typeof token === "string" && { accessToken: token }) };
  const opened = await open(access);
  if (opened === "expired") return <ExpiredLink access={{ accessToken: "", ...access }} />;
  if (opened === "closed") {
    return (
      <LookUp next={`/orders/${encodeURIComponent(orderId)}`}>
        The page of an order opens with the link from our mails. With the number of your order and the e-mail address
        that you gave, we send you that link again.
      </LookUp>
    );
  }
  return page(opened);
}

/** `closed` whether the order does not exist or belongs to another person. */
async function open(access: OrderAccess): Promise<Opened | "expired" | "closed"> {
  try {
    const [order, aftercare] = await ask((shop) =>
      Promise.all([shop.orders.byId(access), shop.orders.aftercare(access)]),
    );
    return { access, order, aftercare };
  } catch (error) {
    const refusal = error instanceof Error ? refusalOf(error.cause) : undefined;
    if (refusal?.code === "LINK_EXPIRED") return "expired";
    if (refusal?.kind === "notFound" || refusal?.kind === "invalid") return "closed";
    throw error;
  }
}
