"use client";
/** How a list is ordered. A form of its own, so that it works without scripts; with them choosing is enough. */
import { buttonStyle, Select } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import { useTransition } from "react";

interface SortSelectProps {
  /** The list's page, without a query. */
  action: string;
  /** What else is in the address and stays. */
  kept: Readonly<Record<string, string>>;
  value: string;
  options: readonly { value: string; label: string }[];
}

export function SortSelect({ action, kept, value, options }: SortSelectProps) {
  const router = useRouter();
  const [sorting, startSorting] = useTransition();
  const choose = (sort: string) =>
    startSorting(() => router.push(`${action}?${new URLSearchParams({ ...kept, sort })}`, { scroll: false }));
  return (
    <form action={action} className="flex items-center gap-2" aria-busy={sorting}>
      {Object.entries(kept).map(([name, text]) => (
        <input key={name} type="hidden" name={name} value={text} />
      ))}
      <label htmlFor="sort" className="text-sm text-muted">
        Sort
      </label>
      <Select
        key={value}
        id="sort"
        name="sort"
        defaultValue={value}
        options={options}
        onChange={(event) => choose(event.target.value)}
        className="w-48"
      />
      <noscript>
        <button type="submit" className={buttonStyle("secondary", "sm")}>
          Apply
        </button>
      </noscript>
    </form>
  );
}
