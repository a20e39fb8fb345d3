"use client";
/** What an item has cost, since when, by whom and why; the latest first. */
import { Instant, Money, SkeletonText } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";

export function PriceHistory({ sku }: { sku: string }) {
  const query = useQuery(useTRPC().catalogue.priceHistory.queryOptions({ sku }));
  if (query.data === undefined) {
    return query.isError ? <QueryFailed query={query} what="the history" /> : <SkeletonText lines={2} />;
  }
  return (
    <ol aria-label={`Prices of ${sku}, the latest first`} className="mt-2 space-y-2 border-l-2 border-line pl-3">
      {query.data.items.map(({ price, from, until, by, reason }) => (
        <li key={from} className="min-w-0">
          <span className="font-medium">
            <Money value={price} />
          </span>{" "}
          <span className="text-sm text-muted">
            {by === null ? "when it was added, " : `set by ${by}, `}
            <Instant at={from} format="datetime" />
            {until === null ? " until now" : <> to {<Instant at={until} format="datetime" />}</>}
          </span>
          {reason !== null && <span className="block break-words">{reason}</span>}
        </li>
      ))}
    </ol>
  );
}
