import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";
import type { ReactNode } from "react";
import { buttonStyle } from "../actions/button-style.ts";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";

export type PaginationProps = {
  /** The link towards what comes earlier in the list; absent at its start. */
  newerHref?: string | undefined;
  /** The link to the rest of the list; absent at its end. */
  olderHref?: string | undefined;
  newerLabel?: string | undefined;
  olderLabel?: string | undefined;
  /** In the middle: "1 to 24 of 61", "50 events". */
  summary?: ReactNode | undefined;
  className?: string | undefined;
};

/** Two links through a list by cursor. Ends are shown, not hidden, so that the controls keep their place. */
export function Pagination({
  newerHref,
  olderHref,
  newerLabel = "Newer",
  olderLabel = "Older",
  summary,
  className,
}: PaginationProps) {
  return (
    <nav aria-label="Pages" className={cn("flex items-center justify-between gap-3", className)}>
      <Step href={newerHref} rel="prev">
        <ArrowLeft size={14} aria-hidden="true" /> {newerLabel}
      </Step>
      <span className="figures text-center text-sm text-muted">{summary}</span>
      <Step href={olderHref} rel="next">
        {olderLabel} <ArrowRight size={14} aria-hidden="true" />
      </Step>
    </nav>
  );
}

function Step({ href, rel, children }: { href: string | undefined; rel: string; children: ReactNode }) {
  const style = buttonStyle("secondary", "sm");
  if (href === undefined)
    return (
      <span aria-disabled="true" role="link" className={cn(style, "pointer-events-none")}>
        {children}
      </span>
    );
  return (
    <Link href={href} rel={rel} className={style}>
      {children}
    </Link>
  );
}
