import { EmptyState, Instant, Link, LinkButton, Money, StatusBadge, statusFor, TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { headline, statusWord } from "../../../order/status-words.ts";
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
            <li key={order.orderId} className="relative flex flex-wrap items-center gap-x-5 gap-y-2 py-4">
              <span className="flex -space-x-3">
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
              <span className="min-w-0 flex-1">
                <Link href={`/orders/${order.orderId}`} className="font-medium after:absolute after:inset-0">
                  {headline(order)}
                </Link>
                <span className="block text-sm text-muted">
                  <span className="figures whitespace-nowrap">{order.number}</span> · <Instant at={order.placedAt} />
                </span>
              </span>
              <StatusBadge status={statusFor(order.status)} quiet>
                {statusWord(order)}
              </StatusBadge>
              <span className="w-24 text-right">
                <Money value={order.total} />
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
