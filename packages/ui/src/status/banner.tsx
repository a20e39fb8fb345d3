import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { statusSoft, statusText, type Status } from "./status.ts";
import { StatusShape } from "./status-shape.tsx";

export type BannerProps = {
  tone: Status;
  title?: ReactNode | undefined;
  children?: ReactNode | undefined;
  /** Links or buttons at the end. */
  actions?: ReactNode | undefined;
  /** Edge to edge, for the top of a page: "you are in the past", "a fault is switched on". */
  flush?: boolean | undefined;
  /** `alert` interrupts, `status` waits its turn; none for what was there when the page opened. */
  role?: "alert" | "status" | undefined;
  className?: string | undefined;
};

/** A condition of the whole page or section that the person should know while working in it. */
export function Banner({ tone, title, children, actions, flush = false, role, className }: BannerProps) {
  return (
    <div
      role={role}
      className={cn(
        "flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 console:px-3 console:py-2",
        statusSoft[tone],
        flush ? "border-b border-current/25" : "rounded-md ring-1 ring-inset ring-current/25",
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-60 items-start gap-3">
        <span className={cn("grid h-(--lead-base) place-items-center", statusText[tone])}>
          <StatusShape status={tone} size={15} />
        </span>
        <div className="min-w-0 text-ink">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div className="text-ink-soft">{children}</div>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
