"use client";
import { useQuery } from "@tanstack/react-query";
import { Money } from "@tillstream/ui";
import { useTRPC } from "../shop/trpc.ts";
import { isUpdating, untilIn } from "./own-writes.ts";
import { Updating } from "./updating.tsx";

const monthName = (month: string) =>
  new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** In and out, month by month, with everything up to `minVersion` in it. */
export function Months({ minVersion }: { minVersion: number }) {
  const trpc = useTRPC();
  const months = useQuery({ ...trpc.account.months.queryOptions({ months: 6, minVersion }), ...untilIn });
  const { data } = months;
  if (data === undefined || data.items.length === 0) return null;
  const money = (amount: number) => <Money value={{ amount, currency: data.currency }} />;
  return (
    <section aria-labelledby="months">
      <h2 id="months" className="heading mb-3 text-xl">
        Month by month <Updating when={isUpdating(months)} />
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {data.items.map(({ month, deposited, withdrawn, spent, refunded, granted, closing }) => (
          <li key={month} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2.5">
            <span>{monthName(month)}</span>
            <span className="font-medium" data-testid="closing">
              {money(closing)}
            </span>
            <span className="w-full text-sm text-muted">
              {money(deposited + refunded + granted)} in, {money(withdrawn + spent)} out
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
