"use client";
/** A customer's store credit: what there is, each movement with who made it and why, and giving more. */
import { Button, Instant, Money, Panel, SkeletonText, TextLink } from "@tillstream/ui";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { actorWords } from "../console/actor-words.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { accountStream, eventHref, orderHref, streamHref } from "../links/events.ts";
import { AsOf } from "../subscriptions/as-of.tsx";
import { GiveCredit } from "./give-credit.tsx";

const ASK_AGAIN_MS = 500;

export function StoreCredit({ customerId }: { customerId: string }) {
  /** Of the account, as of the last credit that was given here: the answer waits until it is in. */
  const [minVersion, setMinVersion] = useState(0);
  const statement = useInfiniteQuery(
    useTRPC().accounts.statement.infiniteQueryOptions(
      { accountId: customerId, limit: 10, minVersion },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) => (state.data?.pages[0]?.upToDate === false ? ASK_AGAIN_MS : false),
      },
    ),
  );
  const lines = statement.data?.pages.flatMap(({ items }) => items);
  const latest = lines?.[0];
  const isUpdating = (latest?.version ?? 0) < minVersion;
  return (
    <Panel
      title="Store credit"
      description={<AsOf projection="account_statement" />}
      actions={lines && <GiveCredit customerId={customerId} version={latest?.version ?? 0} onGiven={setMinVersion} />}
    >
      {lines === undefined ? (
        statement.isError ? (
          <QueryFailed query={statement} what="the store credit" />
        ) : (
          <SkeletonText lines={3} />
        )
      ) : latest === undefined ? (
        <p role="status" className="text-muted">
          {isUpdating ? "updating…" : "None. The first credit opens the account."}
        </p>
      ) : (
        <>
          <p className="mb-3">
            <TextLink href={streamHref(accountStream(customerId))} className="inline-flex min-h-6 items-center">
              <Money value={latest.balance} className="text-lg font-semibold" />
            </TextLink>
            {isUpdating && (
              <span role="status" className="ml-2 text-sm text-muted">
                updating…
              </span>
            )}
          </p>
          <ol aria-label="Movements, the latest first" className="space-y-2 border-l-2 border-line pl-3">
            {lines.map((line) => (
              <Movement key={line.version} line={line} />
            ))}
          </ol>
          {statement.hasNextPage && (
            <Button
              size="sm"
              variant="ghost"
              className="mt-2"
              loading={statement.isFetchingNextPage}
              onClick={() => void statement.fetchNextPage()}
            >
              Older
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  opened: "Account opened",
  deposit: "Paid in",
  withdrawal: "Paid out",
  hold: "Reserved for an order",
  payment: "Paid for an order",
  release: "Given back by an order",
  refund: "Returned from an order",
  credit: "Credit from the shop",
};

type Line = Outputs["accounts"]["statement"]["items"][number];

function Movement({ line: { type, amount, at, by, reason, eventId, order } }: { line: Line }) {
  return (
    <li className="min-w-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <TextLink href={eventHref(eventId)} className="inline-flex min-h-6 items-center">
          {WORDS[type] ?? type}
        </TextLink>
        {amount.amount !== 0 && <Money value={amount} signed className="font-medium" />}
      </span>
      <span className="block text-sm text-muted">
        {actorWords(by, null)}, <Instant at={at} format="datetime" />
        {order !== null && (
          <>
            {", order "}
            <TextLink href={orderHref(order.id)} className="font-mono">
              {order.number}
            </TextLink>
          </>
        )}
      </span>
      {reason !== null && <span className="block break-words">{reason}</span>}
    </li>
  );
}
