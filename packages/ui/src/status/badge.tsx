import type { ReactNode } from "react";
import { cn } from "../cn.ts";

export type BadgeProps = {
  tone?: "plain" | "strong" | "accent" | "outline" | undefined;
  mono?: boolean | undefined;
  title?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
};

const tones = {
  plain: "bg-sunken text-ink-soft",
  strong: "bg-ink text-canvas",
  accent: "bg-accent-soft text-accent-text",
  outline: "text-ink-soft ring-1 ring-inset ring-line-strong",
};

/** A short fact beside a name: a version, a count, "New". For a state use StatusBadge. */
export function Badge({ tone = "plain", mono = false, title, className, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={cn(
        "inline-flex h-6 items-center gap-1 whitespace-nowrap rounded-full px-2.5 text-sm font-medium console:h-5 console:rounded-sm console:px-1.5 console:text-xs",
        mono && "figures font-mono",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
