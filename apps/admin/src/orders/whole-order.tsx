"use client";
/** An order's page, whose code comes after its frame: it waits for the order meanwhile. */
import dynamic from "next/dynamic";

export const WholeOrder = dynamic(async () => (await import("./order-view.tsx")).OrderView);
