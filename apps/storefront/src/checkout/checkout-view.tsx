"use client";
/** The checkout, made in the browser only: there it is known what was typed before. Its code comes after the page. */
import { Skeleton, useHydrated } from "@tillstream/ui";
import dynamic from "next/dynamic";
import type { CheckoutViewProps } from "./checkout-view-props.ts";

const loading = () => <Skeleton className="h-96 w-full" />;
const Checkout = dynamic(() => import("./checkout.tsx"), { ssr: false, loading });

export function CheckoutView(props: CheckoutViewProps) {
  return useHydrated() ? <Checkout {...props} /> : loading();
}
