/** The look shared by Tabs and TabLinks. On a phone the console's many tabs take several lines rather than hide. */
export const tabListStyle =
  "flex min-w-0 gap-5 overflow-x-auto border-b border-line [scrollbar-width:none] console:gap-x-4 max-sm:console:flex-wrap";
export const tabStyle =
  "-mb-px inline-flex h-11 shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent font-medium text-muted transition-colors " +
  "hover:text-ink focus-visible:outline-offset-[-2px] console:h-9";

/** How many things are behind a tab; nothing when unknown. */
export function TabCount({ count }: { count: number | undefined }) {
  if (count === undefined) return null;
  return <span className="figures rounded-sm bg-sunken px-1.5 text-xs text-ink-soft">{count}</span>;
}
