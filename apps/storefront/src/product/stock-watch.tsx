"use client";
/** Follows the stock of an open page, with code that comes after the page. */
import dynamic from "next/dynamic";

export const StockWatch = dynamic(async () => (await import("./live-stock.tsx")).LiveStock);
