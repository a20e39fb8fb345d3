import type { CategorySummary } from "@tillstream/commerce";
import { cn, Link, VisuallyHidden } from "@tillstream/ui";
import X from "lucide-react/icons/x";
import { listHref } from "./listing-address.ts";
import type { ListState } from "./listing-address.ts";

interface CategoryChipsProps {
  state: ListState;
  /** With the number of products of the list in each. */
  categories: readonly CategorySummary[];
}

const chip =
  "inline-flex h-9 items-center gap-1.5 rounded-full px-3.5 text-sm whitespace-nowrap ring-1 ring-inset transition-colors";

/** The categories of a list with what is in each. The chosen one carries its own way off. */
export function CategoryChips({ state, categories }: CategoryChipsProps) {
  const shown = categories.filter(({ slug, productCount }) => productCount > 0 || slug === state.category);
  return (
    <nav
      aria-label="Filter by category"
      className="-mx-5 overflow-x-auto px-5 py-1 [scrollbar-width:none] md:mx-0 md:px-0"
    >
      <ul className="flex gap-2 md:flex-wrap">
        {shown.map(({ slug, name, productCount }) => {
          const chosen = slug === state.category;
          const href = listHref({ ...state, category: chosen ? undefined : slug, pages: 1 });
          return (
            <li key={slug}>
              <Link
                href={href}
                aria-current={chosen ? "true" : undefined}
                className={cn(
                  chip,
                  chosen ? "bg-ink text-canvas ring-ink" : "ring-line-strong hover:bg-sunken hover:ring-field",
                )}
              >
                {name} <span className={cn("figures", chosen ? "opacity-75" : "text-muted")}>{productCount}</span>
                {chosen && (
                  <>
                    <X size={14} aria-hidden="true" />
                    <VisuallyHidden>, clear this filter</VisuallyHidden>
                  </>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
