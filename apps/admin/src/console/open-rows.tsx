"use client";
/** Rows that open in place, by their button, a click anywhere on them, or j, k and Enter. */
import { cn, PressButton } from "@tillstream/ui";
import ChevronRight from "lucide-react/icons/chevron-right";
import { useState, type MouseEvent, type ReactNode } from "react";
import { useRowKeys } from "./use-row-keys.ts";

export function useOpenRows(keys: readonly string[]) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) =>
    setOpen((before) => new Set(before.has(key) ? [...before].filter((each) => each !== key) : [...before, key]));
  return { open, toggle, ...useRowKeys(keys, toggle) };
}

/** Leaves alone what is a control of its own, and a press that selected text. */
export const onRowClick = (onToggle: () => void) => (event: MouseEvent) => {
  const onControl = (event.target as Element).closest("a, button") !== null; // a click's target is an element
  if (!onControl && getSelection()?.isCollapsed !== false) onToggle();
};

interface RowToggleProps {
  readonly open: boolean;
  /** What opens: "Error of shipping on order:7". */
  readonly label: string;
  onToggle(): void;
  readonly children?: ReactNode;
}

export function RowToggle({ open, label, onToggle, children }: RowToggleProps) {
  return (
    <PressButton
      type="button"
      aria-expanded={open}
      aria-label={label}
      onClick={onToggle}
      className="inline-flex min-h-6 min-w-6 items-center gap-1 rounded-sm"
    >
      <ChevronRight
        size={14}
        aria-hidden="true"
        className={cn("text-muted transition-transform", open && "rotate-90")}
      />
      {children}
    </PressButton>
  );
}
