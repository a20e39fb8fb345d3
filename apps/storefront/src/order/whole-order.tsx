"use client";
/** The order's page, which the server writes whole. The code that follows the order comes after it. */
import dynamic from "next/dynamic";

export const WholeOrder = dynamic(async () => (await import("./order-view.tsx")).OrderView);
