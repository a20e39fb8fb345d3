import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";
import { statusText, type Status } from "../status/status.ts";
import { StatusShape } from "../status/status-shape.tsx";

export type StatTileProps = {
  label: ReactNode;
  /** The figure, already formatted. */
  value: ReactNode;
  unit?: ReactNode | undefined;
  /** A trend, a comparison, a time: one short line. */
  secondary?: ReactNode | undefined;
  /** A Sparkline, drawn along the foot. */
  chart?: ReactNode | undefined;
  /** Only when the figure means something: gives it a shape and a colour. */
  status?: Status | undefined;
  /** The word that goes with the status, for those who do not see colour: "over 5 s". */
  statusWord?: string | undefined;
  /** The filtered list behind the figure; the whole tile is the target. */
  href?: string | undefined;
  className?: string | undefined;
};

/** One number that matters now, and the way to the list behind it. */
export function StatTile({ label, value, unit, secondary, chart, status, statusWord, href, className }: StatTileProps) {
  return (
    <div
      className={cn(
        "relative flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-surface p-4 transition-colors shop:p-6 shop:shadow-md console:p-3",
        href !== undefined && "hover:border-field",
        status === "failed" && "border-failed/60",
        className,
      )}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-2 text-sm">
        <span className="min-w-0 text-muted">
          {href === undefined ? (
            label
          ) : (
            <Link href={href} className="after:absolute after:inset-0 after:rounded-lg hover:text-ink">
              {label}
            </Link>
          )}
        </span>
        {status !== undefined && (
          <span className={cn("inline-flex shrink-0 items-center gap-1 font-medium", statusText[status])}>
            <StatusShape status={status} size={12} />
            {statusWord}
          </span>
        )}
      </div>
      <div className="figures text-3xl font-semibold tracking-tight">
        {value}
        {unit !== undefined && <span className="ml-1 text-base font-normal tracking-normal text-muted">{unit}</span>}
      </div>
      {secondary && <div className="text-sm text-muted">{secondary}</div>}
      {chart && <div className="mt-auto pt-2">{chart}</div>}
    </div>
  );
}
