import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";
import { TabCount, tabListStyle, tabStyle } from "./tab-style.tsx";

export type TabLink = { href: string; label: ReactNode; count?: number | undefined; current: boolean };

/** Tabs that are addresses: Back works, each can be shared, the server renders only the one asked for. */
export function TabLinks({
  label,
  items,
  className,
}: {
  label: string;
  items: readonly TabLink[];
  className?: string | undefined;
}) {
  return (
    <nav aria-label={label} className={cn(tabListStyle, className)}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? "page" : undefined}
          className={cn(tabStyle, item.current && "border-ink text-ink")}
        >
          {item.label}
          <TabCount count={item.count} />
        </Link>
      ))}
    </nav>
  );
}
