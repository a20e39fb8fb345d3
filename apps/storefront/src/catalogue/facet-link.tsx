import { cn, Link } from "@tillstream/ui";
import Check from "lucide-react/icons/check";
import type { ReactNode } from "react";

interface FacetLinkProps {
  href: string;
  chosen: boolean;
  count: number;
  /** There may be more than were counted. */
  atLeast: boolean;
  swatch?: string | null | undefined;
  children: ReactNode;
}

/** Chosen is said by a tick and to screen readers, not by colour; a swatch has its name beside it. */
export function FacetLink({ href, chosen, count, atLeast, swatch, children }: FacetLinkProps) {
  return (
    <li>
      <Link
        href={href}
        rel="nofollow"
        scroll={false}
        aria-current={chosen ? "true" : undefined}
        className={cn(
          "-mx-2 flex min-h-9 items-center gap-2.5 rounded-md px-2 hover:bg-sunken lg:min-h-8",
          chosen && "font-medium",
          count === 0 && !chosen && "text-muted",
        )}
      >
        <span
          aria-hidden="true"
          className={cn(
            "grid size-4.5 shrink-0 place-items-center rounded-sm ring-1 ring-inset",
            chosen ? "bg-accent text-accent-ink ring-accent" : "bg-surface ring-field",
          )}
        >
          {chosen && <Check size={13} strokeWidth={3} />}
        </span>
        {swatch && (
          <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0">
            <circle cx="10" cy="10" r="9" fill={swatch} className="stroke-line-strong" />
          </svg>
        )}
        <span className="min-w-0 flex-1">{children}</span>
        <span className="figures text-sm text-muted">{atLeast ? `${count}+` : count}</span>
      </Link>
    </li>
  );
}
