import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import ChevronsUpDown from "lucide-react/icons/chevrons-up-down";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";

export type TableProps = {
  /** Names the table and its scrolling box. */
  label: string;
  /** Compact rows are 32 px and do not wrap; reading rows are 44 px and may. */
  density?: "compact" | "reading" | undefined;
  /** The box's height limit as a class ("max-h-[60vh]"), within which the header stays in sight. */
  className?: string | undefined;
  children: ReactNode;
};

/**
 * Rows and columns in a box of their own: wide tables scroll inside it, never the page. Holds <THead> and <TBody>.
 * On a phone each row is a card of its cells (cards.css).
 */
export function Table({ label, density = "compact", className, children }: TableProps) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      data-density={density}
      data-table=""
      className={cn(
        "group/table relative min-w-0 overflow-auto overscroll-x-contain rounded-md border border-line bg-surface focus-visible:outline-offset-[-2px]",
        className,
      )}
    >
      <table className="w-full border-separate border-spacing-0 text-base">
        <caption className="sr-only">{label}</caption>
        {children}
      </table>
    </div>
  );
}

export function THead({ children }: { children: ReactNode }) {
  return <thead>{children}</thead>;
}
export function TBody({ children, ...rest }: ComponentProps<"tbody">) {
  return (
    <tbody {...rest} className={cn("[&>tr:last-child>td]:border-b-0", rest.className)}>
      {children}
    </tbody>
  );
}

const cell = "px-3 text-left align-middle first:pl-4 last:pr-4 console:px-2.5 console:first:pl-3 console:last:pr-3";

export type ThProps = ComponentProps<"th"> & {
  /** Right-aligned, as its numbers are. */
  numeric?: boolean | undefined;
  /**
   * Makes the head a link that sorts; `direction` when it is the sorting one now. With a `label` the link is beside the
   * head, which is a button itself, such as a Term.
   */
  sort?: { href: string; direction?: "asc" | "desc" | undefined; label?: string | undefined } | undefined;
};

/** A column's head: sticks to the top of the box, says its sort order to everyone. */
export function Th({ numeric = false, sort, className, children, ...rest }: ThProps) {
  const arrow =
    sort?.direction === "asc" ? (
      <ArrowUp size={12} aria-hidden="true" />
    ) : sort?.direction === "desc" ? (
      <ArrowDown size={12} aria-hidden="true" />
    ) : null;
  return (
    <th
      scope="col"
      {...rest}
      aria-sort={sort?.direction === undefined ? undefined : sort.direction === "asc" ? "ascending" : "descending"}
      className={cn(
        cell,
        "sticky top-0 z-1 h-8 whitespace-nowrap border-b border-line bg-sunken text-sm font-medium text-muted",
        numeric && "text-right",
        className,
      )}
    >
      {sort === undefined ? (
        children
      ) : sort.label !== undefined ? (
        <span className="inline-flex items-center [&>button]:min-h-6 [&>button]:min-w-6">
          {children}
          <Link
            href={sort.href}
            aria-label={`Sort by ${sort.label}`}
            className={cn(
              "inline-flex size-6 items-center justify-center hover:text-ink",
              arrow !== null && "text-ink",
            )}
          >
            {arrow ?? <ChevronsUpDown size={12} aria-hidden="true" />}
          </Link>
        </span>
      ) : (
        <Link
          href={sort.href}
          className={cn("inline-flex h-6 items-center gap-1 hover:text-ink", arrow !== null && "text-ink")}
        >
          {children}
          {arrow}
        </Link>
      )}
    </th>
  );
}

export type TrProps = ComponentProps<"tr"> & {
  /** The row the keyboard or the open detail is on. */
  selected?: boolean | undefined;
  /** Just arrived: shown for a moment on a tinted ground. */
  fresh?: boolean | undefined;
};

export function Tr({ selected = false, fresh = false, className, ...rest }: TrProps) {
  return (
    <tr
      {...rest}
      aria-selected={selected || undefined}
      className={cn(
        "transition-colors hover:bg-sunken/70",
        selected && "bg-accent-soft hover:bg-accent-soft [&>td:first-child]:shadow-[inset_2px_0_0_var(--accent)]",
        fresh && "animate-land",
        className,
      )}
    />
  );
}

export type TdProps = ComponentProps<"td"> & {
  /** Right-aligned figures of equal width. */
  numeric?: boolean | undefined;
  /** The mono face: ids, positions, types. */
  mono?: boolean | undefined;
  /** May shrink and be cut with an ellipsis; give the whole as title. */
  truncate?: boolean | undefined;
  /** The column, said beside the value where rows are cards; none for what explains itself, such as a name. */
  label?: string | undefined;
  /** A line of its own where rows are cards. */
  wide?: boolean | undefined;
};

export function Td({ numeric = false, mono = false, truncate = false, label, wide, className, ...rest }: TdProps) {
  return (
    <td
      {...rest}
      data-label={label}
      data-wide={wide === true ? "" : undefined}
      className={cn(
        cell,
        "h-8 border-b border-line py-0 group-data-[density=compact]/table:whitespace-nowrap group-data-[density=reading]/table:h-11 group-data-[density=reading]/table:py-2",
        numeric && "figures text-right whitespace-nowrap",
        mono && "figures font-mono text-sm whitespace-nowrap",
        truncate && "max-w-0 truncate",
        className,
      )}
    />
  );
}
