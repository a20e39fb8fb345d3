"use client";
import * as Primitive from "radix-ui/tabs";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { TabCount, tabListStyle, tabStyle } from "./tab-style.tsx";

export type TabItem = { value: string; label: ReactNode; count?: number | undefined; content: ReactNode };
export type TabsProps = {
  /** Names the set of tabs. */
  label: string;
  items: readonly TabItem[];
  /** Controlled: keep it in the URL. Without it the first tab opens. */
  value?: string | undefined;
  onValueChange?: ((value: string) => void) | undefined;
  className?: string | undefined;
};

/** Several views of one thing in one place, on the client. When each view is a page or a query of its own, use TabLinks. */
export function Tabs({ label, items, value, onValueChange, className }: TabsProps) {
  const first = items[0]?.value ?? "";
  return (
    <Primitive.Root
      {...(value === undefined ? { defaultValue: first } : { value })}
      {...(onValueChange === undefined ? {} : { onValueChange })}
      className={cn("min-w-0", className)}
    >
      <Primitive.List aria-label={label} className={tabListStyle}>
        {items.map((item) => (
          <Primitive.Trigger
            key={item.value}
            value={item.value}
            className={cn(tabStyle, "data-[state=active]:border-ink data-[state=active]:text-ink")}
          >
            {item.label}
            <TabCount count={item.count} />
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {items.map((item) => (
        <Primitive.Content key={item.value} value={item.value} className="pt-5 console:pt-3">
          {item.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
