export type InstantStyle = "datetime" | "date" | "time" | "precise" | "day" | "dayTime";

const styles = {
  datetime: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  precise: {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  },
  // As the shop's sentences say days.
  day: { day: "numeric", month: "long", year: "numeric" },
  dayTime: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
} satisfies Record<InstantStyle, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** An instant in a zone ("UTC", "Europe/Berlin"; the machine's own when absent), 24-hour, in one of six fixed styles. */
export function formatInstant(at: Date, style: InstantStyle, timeZone?: string): string {
  const key = `${style} ${timeZone ?? ""}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(style === "day" || style === "dayTime" ? "en-US" : "en-GB", {
      ...styles[style],
      hourCycle: "h23",
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}

/** "2026-11-24 10:46:21.120 UTC": what logs and queries say, for the hover text. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().replace("T", " ").replace("Z", "")} UTC`;
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });

/** "3 min. ago", "in 2 hr."; within two seconds either way "now", because clocks differ by that much. */
export function formatRelative(at: Date, now_ms: number): string {
  const distance_ms = at.getTime() - now_ms;
  if (Math.abs(distance_ms) < 2000) return "now";
  for (const [unit, unit_ms] of units) {
    if (Math.abs(distance_ms) >= unit_ms)
      return relative.format(Math.trunc(distance_ms / unit_ms), unit).replace(".", "");
  }
  return "now";
}

/** A span of time in at most two units: "0.8 s", "42 s", "3 min 5 s", "2 h 10 min", "4 d 3 h". */
export function formatDuration(span_ms: number): string {
  const seconds = Math.max(0, span_ms) / 1000;
  if (seconds < 0.995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pair = (size: number, big: string, small_s: number, small: string) => {
    const rest = Math.floor((whole % size) / small_s);
    return `${Math.floor(whole / size)} ${big}${rest === 0 ? "" : ` ${rest} ${small}`}`;
  };
  if (whole < 3600) return pair(60, "min", 1, "s");
  if (whole < 86_400) return pair(3600, "h", 60, "min");
  return pair(86_400, "d", 3600, "h");
}
