import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { statusSoft, statusText, type Status } from "./status.ts";
import { StatusShape } from "./status-shape.tsx";

export type StatusBadgeProps = {
  status: Status;
  /** The state in the page's own words: shop and console call it differently. */
  children: ReactNode;
  /** Without the tinted ground: for table rows, where twenty grounds would shout. */
  quiet?: boolean | undefined;
  title?: string | undefined;
  className?: string | undefined;
};

/** A state as word, shape and colour together, so that none of the three is needed alone. */
export function StatusBadge({ status, children, quiet = false, title, className }: StatusBadgeProps) {
  return (
    <span
      title={title}
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap align-middle text-sm font-medium",
        quiet
          ? statusText[status]
          : cn("h-6 rounded-full px-2 console:h-5 console:rounded-sm console:px-1.5", statusSoft[status]),
        className,
      )}
    >
      <StatusShape status={status} size={12} />
      <span className={quiet ? "text-ink" : undefined}>{children}</span>
    </span>
  );
}
