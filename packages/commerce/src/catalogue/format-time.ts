/** Moments as people read them. */

const FORMAT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

const DAY = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** For messages, which are the same for readers in every zone: `1 Dec 2026, 02:18 UTC`. */
export const formatTime = (at: Date): string => `${FORMAT.format(at)} UTC`;

/** As the shop's pages say a day of UTC: `December 1, 2026`. */
export const formatDay = (at: Date): string => DAY.format(at);
