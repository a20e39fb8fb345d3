import type { ReactNode } from "react";
import { Button } from "../actions/button.tsx";
import { cn } from "../cn.ts";
import { StatusShape } from "../status/status-shape.tsx";
import { CopyableId } from "../values/copyable-id.tsx";

export type ErrorPanelProps = {
  /** What happened, in the person's terms. */
  title: ReactNode;
  /** The cause as far as it is known. */
  cause?: ReactNode | undefined;
  /** What was kept and what to do next. */
  children?: ReactNode | undefined;
  /** For the reader to quote to the operator. */
  correlationId?: string | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  /** Other ways on, beside Retry. */
  actions?: ReactNode | undefined;
  className?: string | undefined;
};

/** Something could not be shown or done: what, why, what was kept, the correlation id, and a way on. */
export function ErrorPanel({
  title,
  cause,
  children,
  correlationId,
  onRetry,
  retrying = false,
  actions,
  className,
}: ErrorPanelProps) {
  return (
    <div
      role="alert"
      className={cn("flex min-w-0 gap-3 rounded-lg border border-failed/45 bg-surface p-5 console:p-4", className)}
    >
      <span className="grid h-(--lead-base) place-items-center text-failed">
        <StatusShape status="failed" size={16} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {cause && <p className="mt-0.5 break-words text-ink-soft">{cause}</p>}
        {children && <div className="mt-1 text-ink-soft">{children}</div>}
        {(onRetry || actions) && (
          <div className="mt-3 flex flex-wrap gap-2">
            {onRetry && (
              <Button size="sm" loading={retrying} onClick={onRetry}>
                Retry
              </Button>
            )}
            {actions}
          </div>
        )}
        {correlationId !== undefined && (
          <p className="mt-3 flex flex-wrap items-center gap-x-1.5 border-t border-line pt-2 text-sm text-muted">
            Correlation id <CopyableId id={correlationId} what="correlation id" />
          </p>
        )}
      </div>
    </div>
  );
}
