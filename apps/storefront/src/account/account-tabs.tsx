"use client";
import { isCurrent, TabLinks } from "@tillstream/ui";
import { usePathname } from "next/navigation";

const PARTS = [
  { href: "/account/orders", label: "Orders" },
  { href: "/account/credit", label: "Store credit" },
  { href: "/account/addresses", label: "Addresses" },
  { href: "/account/profile", label: "Profile" },
];

export function AccountTabs() {
  const path = usePathname();
  return (
    <TabLinks label="Your account" items={PARTS.map((part) => ({ ...part, current: isCurrent(part.href, path) }))} />
  );
}
