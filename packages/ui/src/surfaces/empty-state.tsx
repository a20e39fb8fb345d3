import type { ReactNode } from "react";
import { cn } from "../cn.ts";

export type EmptyStateProps = {
  title: ReactNode;
  /** Why it is empty and what would fill it. "No results" and "nothing yet" are different sentences. */
  children?: ReactNode | undefined;
  icon?: ReactNode | undefined;
  action?: ReactNode | undefined;
  level?: 2 | 3 | undefined;
  className?: string | undefined;
};

/** In place of a list that has nothing in it, with the next step. */
export function EmptyState({ title, children, icon, action, level = 2, className }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div
      className={cn(
        "mx-auto flex max-w-md min-w-0 flex-col items-center px-4 py-16 text-center console:py-10",
        className,
      )}
    >
      {icon && (
        <div className="mb-4 grid size-14 place-items-center rounded-full bg-accent-soft text-accent-text console:mb-3 console:size-9 console:rounded-md console:text-muted">
          {icon}
        </div>
      )}
      <Heading className="heading max-w-full text-xl wrap-anywhere console:text-lg">{title}</Heading>
      {children && <div className="mt-2 max-w-full text-muted wrap-anywhere console:mt-1">{children}</div>}
      {action && <div className="mt-6 flex flex-wrap justify-center gap-2 console:mt-4">{action}</div>}
    </div>
  );
}
