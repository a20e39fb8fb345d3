"use client";
/** The saved addresses, whose code comes after their page. */
import dynamic from "next/dynamic";

export const Addresses = dynamic(async () => (await import("./address-book.tsx")).AddressBook);
