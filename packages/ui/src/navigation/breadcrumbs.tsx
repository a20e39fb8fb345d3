import type { ReactNode } from "react";
import { Link } from "../link/link.tsx";

export type Crumb = { label: ReactNode; href?: string | undefined };

/** Where this page lies; the last entry is the page itself and no link. */
export function Breadcrumbs({ items, label = "Breadcrumb" }: { items: readonly Crumb[]; label?: string | undefined }) {
  return (
    <nav aria-label={label} className="min-w-0">
      <ol className="flex min-w-0 flex-wrap items-center text-sm text-muted">
        {items.map((item, index) => (
          <li key={index} className="flex min-w-0 items-center">
            {index > 0 && (
              <span aria-hidden="true" className="px-1.5 text-line-strong">
                /
              </span>
            )}
            {item.href === undefined ? (
              <span
                aria-current={index === items.length - 1 ? "page" : undefined}
                className="min-w-0 truncate text-ink-soft"
              >
                {item.label}
              </span>
            ) : (
              <Link
                href={item.href}
                className="inline-flex min-h-6 items-center truncate hover:text-ink hover:underline"
              >
                {item.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
