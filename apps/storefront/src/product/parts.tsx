"use client";
/** What moves on a product's page, with code that comes after the page. */
import dynamic from "next/dynamic";

export const Choices = dynamic(async () => (await import("./choices.tsx")).Choices);
export const LiveStock = dynamic(async () => (await import("./live-stock.tsx")).LiveStock);
