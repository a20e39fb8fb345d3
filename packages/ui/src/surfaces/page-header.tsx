import type { ReactNode } from "react";
import { cn } from "../cn.ts";

export type PageHeaderProps = {
  title: ReactNode;
  /** What the page is for, or the state of the thing it shows. */
  description?: ReactNode | undefined;
  /** A Breadcrumbs above the title. */
  breadcrumbs?: ReactNode | undefined;
  /** Badges beside the title. */
  beside?: ReactNode | undefined;
  actions?: ReactNode | undefined;
  className?: string | undefined;
};

/** The page's one h1, with where it lies, what state it is in and what can be done. */
export function PageHeader({ title, description, breadcrumbs, beside, actions, className }: PageHeaderProps) {
  return (
    <header className={cn("mb-8 min-w-0 console:mb-4", className)}>
      {breadcrumbs && <div className="mb-2 console:mb-1">{breadcrumbs}</div>}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="heading min-w-0 text-3xl break-words console:text-xl">{title}</h1>
            {beside}
          </div>
          {description && (
            <div className="mt-2 max-w-[64ch] text-ink-soft console:mt-0.5 console:text-muted">{description}</div>
          )}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
