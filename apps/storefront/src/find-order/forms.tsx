"use client";
/** The forms that lead to an order, whose code comes after their page. */
import dynamic from "next/dynamic";

export const FindOrderForm = dynamic(async () => (await import("./find-order-form.tsx")).FindOrderForm);
export const ExpiredLink = dynamic(async () => (await import("./expired-link.tsx")).ExpiredLink);
