"use client";
/** The cart's page, whose code comes after it. */
import dynamic from "next/dynamic";

export const WholeCart = dynamic(async () => (await import("./cart-view.tsx")).CartView);
