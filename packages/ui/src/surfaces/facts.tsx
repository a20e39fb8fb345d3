import type { ReactNode } from "react";
import { cn } from "../cn.ts";

export type Fact = { term: ReactNode; value: ReactNode; key?: string | undefined };

/** Names and values of one thing: an event's metadata, an order's address. Stacks on narrow screens. */
export function Facts({
  items,
  columns = 1,
  className,
}: {
  items: readonly Fact[];
  columns?: 1 | 2 | 3 | undefined;
  className?: string | undefined;
}) {
  const grid = { 1: "", 2: "md:grid-cols-2", 3: "md:grid-cols-2 xl:grid-cols-3" }[columns];
  return (
    <dl className={cn("grid grid-cols-1 gap-x-8", grid, className)}>
      {items.map((item, index) => (
        <div
          key={item.key ?? index}
          className="grid min-h-8 grid-cols-[minmax(6.5rem,30%)_minmax(0,1fr)] items-baseline gap-3 border-b border-line py-1.5 last:border-b-0 shop:py-2.5"
        >
          <dt className="text-sm text-muted">{item.term}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
