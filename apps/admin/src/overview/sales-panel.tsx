"use client";
/** Confirmed sales of the last days and what went back on them, a bar each, with the figures as a table behind. */
import { EmptyState, formatMoney, Money, Panel, Skeleton } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { AsOf } from "../subscriptions/as-of.tsx";
import { EventsOfDay } from "./events-of-day.tsx";
import { dayWord, netOf, salesByCurrency, type CurrencySales, type DayOfSales } from "./sales.ts";
import { SALES_DAYS } from "./sizes.ts";

export function SalesPanel() {
  const query = useQuery(useTRPC().analytics.salesByDay.queryOptions({ days: SALES_DAYS }, useLiveQuery()));
  const sales = query.data === undefined ? [] : salesByCurrency(query.data, SALES_DAYS);
  return (
    <Panel
      title="Confirmed sales"
      description={
        <>
          By day in UTC, the last {SALES_DAYS} days. A refund counts on the day on which the money went back.{" "}
          <AsOf projection="sales_by_day" />
        </>
      }
    >
      {query.data === undefined && query.isError && <QueryFailed query={query} what="the sales" />}
      {query.isPending && <Skeleton className="h-40" />}
      {query.data?.length === 0 && (
        <EmptyState title="No sales yet" level={3}>
          An order counts here once it is confirmed.
        </EmptyState>
      )}
      <div className="space-y-6">
        {sales.map((each) => (
          <Sales key={each.currency} sales={each} />
        ))}
      </div>
    </Panel>
  );
}

function Sales({ sales }: { sales: CurrencySales }) {
  const { currency, days, total } = sales;
  const money = (amount: number) => <Money value={{ amount, currency }} />;
  return (
    <figure>
      <figcaption>
        <Money value={{ amount: netOf(total), currency }} className="block text-2xl font-semibold tracking-tight" />
        <span className="text-sm text-muted">
          net: {money(total.revenue)} of {total.orders.toLocaleString("en-US")} orders, less {money(total.refunded)} for{" "}
          {total.refunds === 1 ? "1 refund" : `${total.refunds.toLocaleString("en-US")} refunds`}
        </span>
      </figcaption>
      <Bars days={days} currency={currency} />
      <details className="mt-1 text-sm">
        <summary className="inline-flex min-h-6 items-center text-muted underline decoration-dotted underline-offset-3 hover:text-ink">
          as a table
        </summary>
        <table className="mt-1 w-full">
          <thead>
            <tr className="text-left text-muted">
              <th scope="col" className="py-1 font-medium">
                Day
              </th>
              {["Orders", "Units"].map((heading) => (
                <th key={heading} scope="col" className="py-1 pl-2 text-right font-medium max-sm:hidden">
                  {heading}
                </th>
              ))}
              {["Revenue", "Refunded", "Net"].map((heading) => (
                <th key={heading} scope="col" className="py-1 pl-2 text-right font-medium">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day} className="figures border-t border-line">
                <td className="border-t border-line py-1">{dayWord(day.day)}</td>
                <td className="border-t border-line py-1 pl-2 text-right max-sm:hidden">{day.orders}</td>
                <td className="border-t border-line py-1 pl-2 text-right max-sm:hidden">{day.units}</td>
                <td className="border-t border-line py-1 pl-2 text-right">
                  <EventsOfDay type="OrderConfirmed" day={day.day} count={day.orders}>
                    {money(day.revenue)}
                  </EventsOfDay>
                </td>
                <td className="border-t border-line py-1 pl-2 text-right">
                  <EventsOfDay type="PaymentRefunded,RefundCompleted" day={day.day} count={day.refunds}>
                    {money(day.refunded)}
                  </EventsOfDay>
                </td>
                <td className="border-t border-line py-1 pl-2 text-right">{money(netOf(day))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** Decorative: the table below says the same. */
function Bars({ days, currency }: { days: readonly DayOfSales[]; currency: string }) {
  const max = Math.max(1, ...days.map((day) => day.revenue));
  const last = days.at(-1);
  return (
    <div aria-hidden="true">
      <div className="mt-4 flex h-24 items-end gap-1 border-b border-line-strong">
        {days.map((day) => (
          <span
            key={day.day}
            title={`${dayWord(day.day)}: ${formatMoney({ amount: day.revenue, currency })}, ${day.orders} orders, ${formatMoney({ amount: day.refunded, currency })} refunded`}
            className="flex h-full flex-1 items-end"
          >
            <span
              className="w-full rounded-t-sm bg-ink-soft/70"
              style={{ height: day.revenue === 0 ? 0 : `max(2px, ${(day.revenue / max) * 100}%)` }}
            />
          </span>
        ))}
      </div>
      <div className="mt-1 flex justify-between font-mono text-xs text-muted">
        <span>{days[0] && dayWord(days[0].day)}</span>
        <span>{last && dayWord(last.day)}</span>
      </div>
    </div>
  );
}
