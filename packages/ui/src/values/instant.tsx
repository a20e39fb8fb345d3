"use client";
import { cn } from "../cn.ts";
import { formatInstant, formatRelative, formatUtc, type InstantStyle } from "./format-time.ts";
import { useHydrated, useNow } from "../use-now.ts";

export type InstantProps = {
  /** ISO 8601 in UTC, as the server gives it. */
  at: string;
  format?: InstantStyle | "relative" | undefined;
  className?: string | undefined;
};

/**
 * A moment in the viewer's own zone, with UTC on hover. The server cannot know the zone, so it writes UTC and says
 * so; the browser replaces it after the first paint, without a mismatch.
 */
export function Instant({ at, format = "datetime", className }: InstantProps) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span className={className}>{at}</span>;
  return (
    <time dateTime={date.toISOString()} title={formatUtc(date)} className={cn("figures whitespace-nowrap", className)}>
      {format === "relative" ? <Relative date={date} /> : <Absolute date={date} format={format} />}
    </time>
  );
}

function Absolute({ date, format }: { date: Date; format: InstantStyle }) {
  return useHydrated() ? formatInstant(date, format) : `${formatInstant(date, format, "UTC")} UTC`;
}

function Relative({ date }: { date: Date }) {
  const now_ms = useNow();
  return now_ms === undefined ? `${formatInstant(date, "datetime", "UTC")} UTC` : formatRelative(date, now_ms);
}
