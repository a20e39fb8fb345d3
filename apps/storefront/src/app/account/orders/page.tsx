import { expectedArrival, type OrderPage } from "@tillstream/commerce";
import { readDispatchRule } from "@tillstream/commerce/settings";
import { arrivalWords } from "@tillstream/commerce/arrival-words";
import { EmptyState, Instant, Link, LinkButton, Money, StatusBadge, statusFor, TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { headline, isCancelling, isPaidBack, statusWord } from "../../../order/status-words.ts";
import { server } from "../../../server/services.ts";
import { ask } from "../../../server/shop.ts";

export const metadata: Metadata = { title: "Your orders" };

export default async function OrdersPage({ searchParams }: { searchParams: Promise<{ cursor?: string }> }) {
  const { cursor } = await searchParams;
  const { items, nextCursor } = await ask((shop) => shop.orders.mine(cursor === undefined ? {} : { cursor }));
  return (
    <>
      <h1 className="heading mb-6 text-3xl">Your orders</h1>
      {items.length === 0 ? (
        <EmptyState
          title="No orders yet"
          action={
            <LinkButton href="/products" variant="primary">
              See everything
            </LinkButton>
          }
        >
          What you order while signed in is found here. Ordered as a guest?{" "}
          <TextLink href="/orders/find">Find that order</TextLink>.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {items.map((order) => (
            <li key={order.orderId} className="relative flex items-start gap-x-4 py-4 sm:items-center sm:gap-x-5">
              <span className="flex w-19 shrink-0 -space-x-7 sm:w-28 sm:-space-x-3">
                {order.lines.slice(0, 3).map(({ sku, image }) => (
                  <img
                    key={sku}
                    src={image}
                    alt=""
                    width={80}
                    height={100}
                    className="aspect-4/5 w-11 rounded-sm object-cover ring-2 ring-canvas"
                  />
                ))}
              </span>
              <span className="grid min-w-0 flex-1 gap-x-5 gap-y-1 sm:grid-cols-[1fr_9rem_6rem] sm:items-center">
                <span className="min-w-0">
                  <Link href={`/orders/${order.orderId}`} className="font-medium after:absolute after:inset-0">
                    {headline(order)}
                  </Link>
                  <span className="flex flex-wrap gap-x-3 text-sm text-muted">
                    <span className="figures whitespace-nowrap">{order.number}</span>
                    <Instant at={order.placedAt} format="dayTime" />
                  </span>
                  <Expected order={order} />
                </span>
                <span className="flex items-center justify-between gap-x-5 sm:contents">
                  <StatusBadge status={statusFor(order.status)} quiet>
                    {statusWord(order)}
                  </StatusBadge>
                  <span className="figures sm:text-right">
                    <Money value={order.total} />
                  </span>
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {nextCursor !== null && (
        <p className="mt-8 text-center">
          <LinkButton href={`/account/orders?cursor=${encodeURIComponent(nextCursor)}`}>Older orders</LinkButton>
        </p>
      )}
    </>
  );
}

/** The days on which it may come, until they are over. */
function Expected({ order }: { order: OrderPage }) {
  if ((order.status !== "confirmed" && order.status !== "shipped") || isCancelling(order) || isPaidBack(order))
    return null;
  const expected = expectedArrival(order, readDispatchRule());
  if (expected.to < server().services.clock.now().toISOString().slice(0, 10)) return null;
  return <span className="block text-sm text-pretty text-ink-soft">{arrivalWords(expected)}</span>;
}
