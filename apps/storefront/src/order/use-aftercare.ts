"use client";
/** Address and returns of the order, asked for again each time that the order has changed. */
import { useQuery } from "@tanstack/react-query";
import type { Aftercare } from "@tillstream/commerce";
import { useEffect, useRef } from "react";
import { useTRPC } from "../shop/trpc.ts";
import type { OrderAccess } from "./order-stream.ts";

export function useAftercare(access: OrderAccess, first: Aftercare, version: number) {
  const { data = first, refetch } = useQuery(useTRPC().orders.aftercare.queryOptions(access, { enabled: false }));
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void refetch();
  }, [version, refetch]);
  return { aftercare: data, refetch };
}
