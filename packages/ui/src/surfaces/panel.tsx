import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn.ts";

export type PanelProps = Omit<ComponentProps<"section">, "title"> & {
  title?: ReactNode | undefined;
  /** One line under the title. */
  description?: ReactNode | undefined;
  /** Buttons or links at the right of the title. */
  actions?: ReactNode | undefined;
  /** The title's level in the page's outline. */
  level?: 2 | 3 | 4 | undefined;
  /** Without inner margin: for a table or a list that brings its own. */
  flush?: boolean | undefined;
};

/** A titled area of a page. The shop lifts it softly off the paper; the console draws a hairline and stays flat. */
export function Panel({
  title,
  description,
  actions,
  level = 2,
  flush = false,
  className,
  children,
  ...rest
}: PanelProps) {
  const Heading = `h${level}` as const;
  return (
    <section {...rest} className={cn("min-w-0 rounded-lg border border-line bg-surface shop:shadow-md", className)}>
      {(title || actions) && (
        <header
          className={cn(
            "flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 pt-5 console:min-h-10 console:px-4 console:pt-3",
            flush && "pb-3",
          )}
        >
          <div className="min-w-0">
            <Heading className="heading text-lg">{title}</Heading>
            {description && <p className="text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? undefined : cn("p-6 console:p-4", (title || actions) && "pt-4 console:pt-2.5")}>
        {children}
      </div>
    </section>
  );
}

/** A bare lifted box without title, for whatever has its own inner layout. */
export function Card({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      {...rest}
      className={cn("min-w-0 rounded-lg border border-line bg-surface p-5 shop:shadow-md console:p-4", className)}
    />
  );
}
