/** Sales as the chart needs them: every day in its place, each currency for itself. */
export interface DayOfSales {
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  readonly orders: number;
  readonly units: number;
  /** Minor units. */
  readonly revenue: number;
}

export interface CurrencySales {
  readonly currency: string;
  /** Oldest first, without gaps. */
  readonly days: readonly DayOfSales[];
  readonly revenue: number;
  readonly orders: number;
}

const DAY_MS = 86_400_000;

/** The `count` days that end with the newest one that has sales; amounts of different currencies are never added. */
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
    const filled = days.map((day) => byDay.get(day) ?? { day, orders: 0, units: 0, revenue: 0 });
    const sum = (of: "revenue" | "orders") => filled.reduce((total, day) => total + day[of], 0);
    return { currency, days: filled, revenue: sum("revenue"), orders: sum("orders") };
  });
}
