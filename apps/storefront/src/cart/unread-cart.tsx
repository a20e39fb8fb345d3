"use client";
import { ErrorPanel, Skeleton } from "@tillstream/ui";
import { useCart, useCartStore } from "./cart-provider.tsx";

/** Shown while the cart could not be read yet. */
export function UnreadCart() {
  const { unread } = useCart();
  const store = useCartStore();
  if (!unread) return <Skeleton className="h-64 w-full" />;
  return (
    <ErrorPanel title="Your cart could not be read" onRetry={() => store.retry()}>
      It is kept as it is. We go on trying.
    </ErrorPanel>
  );
}
