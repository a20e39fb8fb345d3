import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";
import { isCurrent } from "../navigation/current.ts";
import { statusText, type Status } from "../status/status.ts";
import { StatusShape } from "../status/status-shape.tsx";

export type NavItem = {
  href: string;
  label: string;
  icon: ReactNode;
  /** A figure that calls for attention, with the meaning it has: dead letters, firing alerts. */
  count?: number | undefined;
  countStatus?: Status | undefined;
  /** What the figure counts, for screen readers: "firing". */
  countLabel?: string | undefined;
};
export type NavGroup = { label?: string | undefined; items: readonly NavItem[] };

/** The console's list of places, in groups. Part of ConsoleShell. */
export function ConsoleNav({
  groups,
  currentPath,
  className,
}: {
  groups: readonly NavGroup[];
  currentPath: string;
  className?: string | undefined;
}) {
  return (
    <nav aria-label="Console" className={className}>
      {groups.map((group, index) => (
        <div key={group.label ?? index} className={index === 0 ? undefined : "mt-4"}>
          {group.label !== undefined && <p className="px-2 pb-1 text-xs font-medium text-muted">{group.label}</p>}
          <ul className="space-y-px">
            {group.items.map((item) => (
              <li key={item.href}>
                <Entry item={item} current={isCurrent(item.href, currentPath)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Entry({ item, current }: { item: NavItem; current: boolean }) {
  return (
    <Link
      href={item.href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "relative flex h-7.5 items-center gap-2.5 rounded-md px-2 text-ink-soft transition-colors hover:bg-accent-soft/70 hover:text-ink pointer-coarse:h-10 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted",
        current &&
          "bg-accent-soft font-medium text-ink before:absolute before:inset-y-1.5 before:-left-2 before:w-0.5 before:rounded-r-full before:bg-ink hover:bg-accent-soft [&>svg]:text-ink",
      )}
    >
      {item.icon}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.count !== undefined && item.count > 0 && (
        <span
          className={cn(
            "figures inline-flex items-center gap-1 text-sm font-medium",
            item.countStatus === undefined ? "text-muted" : statusText[item.countStatus],
          )}
        >
          {item.countStatus !== undefined && <StatusShape status={item.countStatus} size={10} />}
          {item.count > 999 ? "999+" : item.count}
          {item.countLabel !== undefined && <span className="sr-only"> {item.countLabel}</span>}
        </span>
      )}
    </Link>
  );
}
