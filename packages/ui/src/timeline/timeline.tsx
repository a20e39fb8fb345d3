import CornerDownRight from "lucide-react/icons/corner-down-right";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { statusText, type Status } from "../status/status.ts";
import { StatusShape } from "../status/status-shape.tsx";
import { Instant } from "../values/instant.tsx";

/** Steps in the order they happened, top to bottom. Holds TimelineStep and TimelineGap. */
export function Timeline({
  label,
  children,
  className,
}: {
  label: string;
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <ol aria-label={label} className={cn("min-w-0", className)}>
      {children}
    </ol>
  );
}

export type TimelineStepProps = {
  title: ReactNode;
  /** `upcoming` for what has not begun. */
  status: Status | "upcoming";
  /** The state in the page's own words: shop and console call it differently. */
  word: string;
  /** Leaves the word to screen readers, in the shop's quiet lists. */
  wordHidden?: boolean | undefined;
  /** When it happened, ISO 8601. */
  at?: string | undefined;
  timeFormat?: "datetime" | "time" | "precise" | "relative" | undefined;
  /** The step that this one undoes: drawn indented, as its mirror. */
  undoes?: ReactNode | undefined;
  /** At the right of the title: an attempt, a duration, a button. */
  aside?: ReactNode | undefined;
  /** What it means, what came of it, its data. */
  children?: ReactNode | undefined;
};

/** One step: shape, word, time and an explanation. A compensation says which step it is the mirror of. */
export function TimelineStep({
  title,
  status,
  word,
  wordHidden = false,
  at,
  timeFormat = "datetime",
  undoes,
  aside,
  children,
}: TimelineStepProps) {
  const upcoming = status === "upcoming";
  return (
    <li
      aria-current={status === "running" ? "step" : undefined}
      className={cn(
        "relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 pb-6 last:pb-0 console:gap-x-2.5 console:pb-3.5",
        "before:absolute before:top-6 before:bottom-[-0.1rem] before:left-[calc(0.625rem-0.5px)] before:w-px before:bg-line-strong last:before:hidden console:before:top-5",
        undoes !== undefined &&
          "ml-7 before:left-[calc(-1.75rem+0.625rem-0.5px)] before:top-[-0.1rem] console:before:top-[-0.1rem]",
      )}
    >
      <span className={cn("grid h-(--lead-base) place-items-center", upcoming ? "text-muted" : statusText[status])}>
        <StatusShape status={status} size={16} />
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-2.5">
          <span className={cn("min-w-0 font-medium", upcoming && "font-normal text-muted")}>{title}</span>
          <span className={wordHidden ? "sr-only" : cn("text-sm", upcoming ? "text-muted" : statusText[status])}>
            {word}
          </span>
          <span className="ml-auto flex items-baseline gap-x-2.5 text-sm text-muted">
            {aside}
            {at !== undefined && <Instant at={at} format={timeFormat} />}
          </span>
        </div>
        {undoes !== undefined && (
          <p className="flex items-center gap-1 text-sm text-compensated">
            <CornerDownRight size={12} aria-hidden="true" /> undoes {undoes}
          </p>
        )}
        {children && <div className="mt-0.5 min-w-0 text-ink-soft console:text-muted">{children}</div>}
      </div>
    </li>
  );
}

/** Idle time between two steps, folded: "2 h 10 min without anything". */
export function TimelineGap({ children }: { children: ReactNode }) {
  return (
    <li className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 pb-5 text-sm text-muted before:absolute before:inset-y-0 before:left-[calc(0.625rem-0.5px)] before:border-l before:border-dashed before:border-field console:gap-x-2.5 console:pb-3">
      <span aria-hidden="true" />
      <span>{children}</span>
    </li>
  );
}
