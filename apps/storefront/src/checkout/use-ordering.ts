"use client";
/**
 * From the press of the button to the end of the order. What makes it one order is its cart: a lost answer is found out by
 * looking at the cart, or by sending the very same again, which is safe however often and from wherever it is done.
 */
import type { CartOrder, CartPage } from "@tillstream/commerce";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import type { Failure, PlaceOrder } from "../cart/cart-calls.ts";
import { useCart, useTabCart } from "../cart/cart-provider.tsx";
import { forgetSent, keepSent, wasSent } from "../cart/order-sent.ts";
import { forgetDraft } from "./draft.ts";

export type OrderAccess = Pick<CartOrder, "orderId" | "accessToken" | "isOwn">;

export type Ordering =
  | { readonly state: "idle" | "sending" | "leaving" }
  | { readonly state: "refused"; readonly failure: Failure; readonly cartVersion: number | undefined }
  /** It was sent, and the outcome is unknown. */
  | { readonly state: "unknown"; readonly sent: PlaceOrder; readonly failure?: Failure }
  | { readonly state: "confirming"; readonly order: OrderAccess };

/** A shopper's own order opens without its link: on a shared computer the link would outlive the sign-out. */
export const orderPath = ({ orderId, accessToken, isOwn }: OrderAccess) =>
  isOwn ? `/orders/${orderId}` : `/orders/${orderId}?token=${accessToken}`;

/** Refused before an earlier order was looked for: that says nothing about a try whose answer got lost. */
const LEAVES_OPEN = ["SIGNED_OUT", "SIGNED_IN_AS_ANOTHER"];

/** The cart says that it became an order, or that its order has ended. */
function isOver(sent: PlaceOrder, cart: CartPage): boolean {
  return cart.status === "ordered" || cart.cartId !== sent.cartId || cart.version !== sent.cartVersion;
}

export interface OrderingEnds {
  onRefused(failure: Failure): void;
  /** It was placed, and could not be confirmed. */
  onCancelled(): void;
}

export function useOrdering({ onRefused, onCancelled }: OrderingEnds) {
  const { cart } = useCart();
  const { store, calls, tellTabs, person } = useTabCart();
  const router = useRouter();
  const [ordering, setOrdering] = useState<Ordering>({ state: "idle" });
  /** The order of this page that ended without being confirmed. */
  const [ended, setEnded] = useState<string>();

  /** While the outcome of the last attempt is unknown, `ask` sends that one again and nothing else is sent. */
  async function place(sent: PlaceOrder): Promise<void> {
    const mayBePlaced = wasSent(person, sent.cartId);
    setOrdering({ state: "sending" });
    keepSent(person, sent.cartId);
    const answer = await calls.placeOrder(sent, `order-${sent.cartId}-${sent.cartVersion}`);
    tellTabs();
    if (answer.ok) {
      forgetSent(person);
      setOrdering({ state: "confirming", order: { ...answer.data, isOwn: person !== null } });
      void store.refetch();
    } else if (!answer.known || (mayBePlaced && LEAVES_OPEN.includes(answer.failure.reason))) {
      await lookAtCart({ state: "unknown", sent, ...(answer.known && { failure: answer.failure }) });
    } else {
      forgetSent(person);
      setOrdering({ state: "refused", failure: answer.failure, cartVersion: sent.cartVersion });
      onRefused(answer.failure);
      void store.refetch();
    }
  }

  async function lookAtCart(unknown: Extract<Ordering, { state: "unknown" }>): Promise<void> {
    await store.refetch();
    if (!goOnFrom(unknown.sent)) setOrdering(unknown);
  }

  /** Answers whether the cart tells what became of it. */
  function goOnFrom(sent: PlaceOrder): boolean {
    const { cart: now, stranger } = store.now();
    if (now === undefined || stranger !== undefined || !isOver(sent, now)) return false;
    forgetSent(person);
    const { lastOrder } = now;
    if (now.lines.length === 0 && lastOrder !== null && lastOrder.status !== "cancelled") {
      leave(lastOrder, lastOrder.status);
      return true;
    }
    if (lastOrder?.status === "cancelled") end(lastOrder.orderId);
    else setOrdering({ state: "idle" });
    return true;
  }

  function end(orderId: string): void {
    setEnded(orderId);
    setOrdering({ state: "idle" });
    onCancelled();
  }

  // The cart is looked at again by itself, and may tell then.
  const onCart = useEffectEvent(() => ordering.state === "unknown" && goOnFrom(ordering.sent));
  useEffect(() => {
    onCart();
  }, [cart]);

  function leave(order: OrderAccess, status: string): void {
    // What was typed stays until one has ordered, as the privacy page says. It may be needed again until it is confirmed.
    if (status !== "pending") forgetDraft(person);
    setOrdering({ state: "leaving" });
    router.push(orderPath(order));
  }

  /** What is being confirmed: this page's order, or one that another tab, or this page before a reload, made of the cart. */
  const frozen = cart?.status === "ordered" && cart.lastOrder?.status === "pending" ? cart.lastOrder : undefined;
  const isBusy = ordering.state === "sending" || ordering.state === "leaving";
  const confirming = ordering.state === "confirming" ? ordering.order : isBusy ? undefined : frozen;

  /** @param status of the order, `pending` when it takes long */
  async function onConfirmed(order: OrderAccess, status: string): Promise<void> {
    await store.refetch();
    tellTabs();
    const { cart: now } = store.now();
    if (status !== "cancelled" || now?.lastOrder?.orderId !== order.orderId || now.lines.length === 0) {
      return leave(order, status);
    }
    end(order.orderId);
  }

  /** What was refused is being mended. */
  function settle(): void {
    if (ordering.state === "refused") setOrdering({ state: "idle" });
  }

  const ask = ordering.state === "unknown" ? () => place(ordering.sent) : undefined;
  return { ordering, confirming, ended, place, ask, onConfirmed, settle };
}
