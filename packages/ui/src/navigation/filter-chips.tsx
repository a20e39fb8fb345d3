import X from "lucide-react/icons/x";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";

export type FilterChip = {
  key: string;
  /** The filter's name: "Type", "Colour". */
  name: ReactNode;
  value: ReactNode;
  /** The address without this filter; or a handler. One of the two. */
  removeHref?: string | undefined;
  onRemove?: (() => void) | undefined;
  /** Said on the remove control: "Remove Colour: moss". */
  removeLabel: string;
};
export type FilterChipsProps = {
  chips: readonly FilterChip[];
  clearHref?: string | undefined;
  onClear?: (() => void) | undefined;
  className?: string | undefined;
};

/** The filters in force, each with its own way off, and one for all. Renders nothing when there are none. */
export function FilterChips({ chips, clearHref, onClear, className }: FilterChipsProps) {
  if (chips.length === 0) return null;
  const clear = "inline-flex h-7 items-center px-1 text-sm text-muted underline underline-offset-3 hover:text-ink";
  return (
    <ul aria-label="Filters in force" className={cn("flex flex-wrap items-center gap-1.5", className)}>
      {chips.map((chip) => (
        <li
          key={chip.key}
          className="inline-flex h-7 max-w-full items-center rounded-full bg-accent-soft pl-3 text-sm text-ink console:rounded-sm console:pl-2"
        >
          <span className="truncate">
            <span className="text-ink-soft">{chip.name}</span> <span className="font-medium">{chip.value}</span>
          </span>
          <Remove chip={chip} />
        </li>
      ))}
      <li>
        {clearHref !== undefined && (
          <Link href={clearHref} className={clear}>
            Clear all
          </Link>
        )}
        {clearHref === undefined && onClear && (
          <button type="button" onClick={onClear} className={clear}>
            Clear all
          </button>
        )}
      </li>
    </ul>
  );
}

function Remove({ chip }: { chip: FilterChip }) {
  const style =
    "ml-0.5 grid size-7 shrink-0 place-items-center rounded-full text-ink-soft hover:text-ink console:rounded-sm";
  const cross = <X size={13} aria-hidden="true" />;
  if (chip.removeHref !== undefined)
    return (
      <Link href={chip.removeHref} aria-label={chip.removeLabel} className={style}>
        {cross}
      </Link>
    );
  return (
    <button type="button" onClick={chip.onRemove} aria-label={chip.removeLabel} className={style}>
      {cross}
    </button>
  );
}
