"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, ErrorPanel, Instant, Money, SkeletonText, TextLink } from "@tillstream/ui";
import { useEffect } from "react";
import type { Outputs } from "../shop/trpc.ts";
import { useTRPC } from "../shop/trpc.ts";
import { isUpdating, untilIn } from "./own-writes.ts";
import { statementWords } from "./statement-words.ts";
import { Updating } from "./updating.tsx";

type Line = Outputs["account"]["statement"]["items"][number];

interface StatementProps {
  /** Everything up to this version of the account is in it, or it says that it is updating. */
  readonly minVersion: number;
  /** It has a later version already. */
  readonly onNewer: (version: number) => void;
}

/** Every movement, newest first, with the balance after it. */
export function Statement({ minVersion, onNewer }: StatementProps) {
  const trpc = useTRPC();
  const statement = useInfiniteQuery({
    ...trpc.account.statement.infiniteQueryOptions(
      { limit: 30, minVersion },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    ...untilIn,
  });
  const lines = statement.data?.pages.flatMap((page) => page.items);
  const newest = lines?.[0]?.version ?? 0;
  useEffect(() => {
    if (newest > minVersion) onNewer(newest);
  }, [newest, minVersion, onNewer]);
  return (
    <section aria-labelledby="statement" className="min-w-0">
      <div className="mb-3 flex items-baseline justify-between">
        <h2 id="statement" className="heading text-2xl">
          Statement <Updating when={isUpdating(statement)} />
        </h2>
        <a href="/account/credit/statement.csv" download className="text-accent-text underline underline-offset-4">
          Download as CSV
        </a>
      </div>
      {statement.isError && (
        <ErrorPanel title="The statement could not be read" onRetry={() => void statement.refetch()} />
      )}
      {statement.isPending && <SkeletonText lines={8} />}
      {lines && (
        <ul className="divide-y divide-line border-y border-line">
          {lines.map((line) => (
            <StatementRow key={line.eventId} line={line} />
          ))}
        </ul>
      )}
      {statement.hasNextPage && (
        <p className="mt-6 text-center">
          <Button loading={statement.isFetchingNextPage} onClick={() => void statement.fetchNextPage()}>
            Older lines
          </Button>
        </p>
      )}
    </section>
  );
}

function StatementRow({ line: { type, at, amount, balance, orderId } }: { line: Line }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-3 sm:grid-cols-[minmax(0,1fr)_7rem_7rem]">
      <span className="min-w-0">
        {statementWords(type)}
        {orderId !== null && (
          <>
            {" · "}
            <TextLink href={`/orders/${orderId}`}>see it</TextLink>
          </>
        )}
        <span className="block text-sm text-muted">
          <Instant at={at} format="dayTime" />
        </span>
      </span>
      <span className={`figures text-right ${amount.amount > 0 ? "text-done" : ""}`}>
        {amount.amount === 0 ? "—" : <Money value={amount} signed />}
      </span>
      <span className="figures col-start-2 text-right text-muted sm:col-start-3">
        <Money value={balance} />
      </span>
    </li>
  );
}
