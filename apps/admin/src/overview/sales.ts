/** Sales as the chart needs them: every day in its place, each currency for itself. */
export interface DayOfSales {
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  readonly orders: number;
  readonly units: number;
  /** Minor units. */
  readonly revenue: number;
  readonly refunds: number;
  /** What went back on this day, of orders of any day; minor units. */
  readonly refunded: number;
}

export interface CurrencySales {
  readonly currency: string;
  /** Oldest first, without gaps. */
  readonly days: readonly DayOfSales[];
  readonly total: Omit<DayOfSales, "day">;
}

const DAY_MS = 86_400_000;

/** A day in UTC as people say it, such as "30 Nov". */
export const dayWord = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** The `count` days that end with the newest one that has sales or refunds; amounts of different currencies are never added. */
export function salesByCurrency(rows: readonly (DayOfSales & { currency: string })[], count: number): CurrencySales[] {
  const newest = rows
    .map((row) => row.day)
    .toSorted()
    .at(-1);
  if (newest === undefined) return [];
  const days = Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(newest) - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
  const currencies = [...new Set(rows.map((row) => row.currency))].toSorted();
  return currencies.map((currency) => {
    const byDay = new Map(rows.filter((row) => row.currency === currency).map((row) => [row.day, row]));
    const filled = days.map((day) => byDay.get(day) ?? { day, ...NOTHING });
    const total = filled.reduce(plus, NOTHING);
    return { currency, days: filled, total };
  });
}

const NOTHING = { orders: 0, units: 0, revenue: 0, refunds: 0, refunded: 0 };
type Figures = typeof NOTHING;

function plus(one: Figures, other: Figures): Figures {
  return {
    orders: one.orders + other.orders,
    units: one.units + other.units,
    revenue: one.revenue + other.revenue,
    refunds: one.refunds + other.refunds,
    refunded: one.refunded + other.refunded,
  };
}

/** What is left of the revenue; below zero on a day on which more went back than came in. */
export const netOf = ({ revenue, refunded }: Pick<DayOfSales, "revenue" | "refunded">): number => revenue - refunded;
