import type { OrderPage } from "@tillstream/commerce";
import { refusalOf } from "@tillstream/trpc";
import { shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { ExpiredLink } from "../../../find-order/expired-link.tsx";
import { LookUp } from "../../../find-order/look-up.tsx";
import { OrderView } from "../../../order/order-view.tsx";
import { server } from "../../../server/services.ts";
import { ask } from "../../../server/shop.ts";
import { ShopData } from "../../../shop/data.tsx";

export const metadata: Metadata = { title: "Your order", robots: { index: false }, referrer: "no-referrer" };

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<{ token?: string | string[] }>;
}

interface Access {
  readonly orderId: string;
  readonly accessToken?: string;
}

export default async function YourOrderPage({ params, searchParams }: Props) {
  const { id: orderId } = await params;
  const { token } = await searchParams;
  const access = { orderId, ...(typeof token === "string" && { accessToken: token }) };
  const order = await openOrder(access);
  if (order === "expired") {
    return (
      <ShopData>
        <ExpiredLink access={{ accessToken: "", ...access }} />
      </ShopData>
    );
  }
  if (order === "closed") {
    return (
      <LookUp next={`/orders/${encodeURIComponent(orderId)}`}>
        The page of an order opens with the link from our mails. With the number of your order and the e-mail address
        that you gave, we send you that link again.
      </LookUp>
    );
  }
  return (
    <div className={`${shopMeasure} pt-10 md:pt-14`}>
      <ShopData>
        <OrderView access={access} first={order} whenShipped={<SendingBack number={order.number} />} />
      </ShopData>
    </div>
  );
}

/** `closed` whether the order does not exist or belongs to another person. */
async function openOrder(access: Access): Promise<OrderPage | "expired" | "closed"> {
  try {
    return await ask((shop) => shop.orders.byId(access));
  } catch (error) {
    const refusal = error instanceof Error ? refusalOf(error.cause) : undefined;
    if (refusal?.code === "LINK_EXPIRED") return "expired";
    if (refusal?.kind === "notFound" || refusal?.kind === "invalid") return "closed";
    throw error;
  }
}

function SendingBack({ number }: { number: string }) {
  return (
    <section aria-labelledby="sending-back" className="rounded-lg bg-sunken p-6">
      <h2 id="sending-back" className="heading text-2xl">
        Sending it back
      </h2>
      <p className="mt-3 text-ink-soft">
        If it is not what you hoped for, put a note with the number{" "}
        <span className="figures whitespace-nowrap text-ink">{number}</span> in the parcel and send it to:
      </p>
      <address className="mt-3 not-italic">{server().services.shop.returnsAddress}</address>
      <p className="mt-3 text-ink-soft">You get your money back once it has arrived.</p>
    </section>
  );
}
