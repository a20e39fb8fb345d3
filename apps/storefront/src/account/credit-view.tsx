"use client";
/** Store credit: what there is, putting in and taking out, and every cent explained. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, EmptyState, ErrorPanel, Money, Skeleton } from "@tillstream/ui";
import { useState } from "react";
import { failureOf } from "../shop/failure.ts";
import { useTRPC } from "../shop/trpc.ts";
import { BalanceOn } from "./balance-on.tsx";
import { Months } from "./months.tsx";
import { MoveMoney } from "./move-money.tsx";
import { Statement } from "./statement.tsx";
import { useAccountCommand } from "./use-account-command.ts";

export function CreditView() {
  const trpc = useTRPC();
  /** The position of one's own latest write: the balance waits until it has passed it. */
  const [minPosition, setMinPosition] = useState<number>();
  const balance = useQuery({
    ...trpc.account.balance.queryOptions(minPosition === undefined ? {} : { minPosition }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (balance.isPending) return <Skeleton className="h-72 w-full" />;
  if (balance.data === undefined) {
    const failure = failureOf(balance.error);
    if (failure.reason === "ACCOUNT_NOT_OPEN") return <OpenAccount onOpened={setMinPosition} />;
    return (
      <ErrorPanel
        title="Your balance could not be read"
        cause={failure.message}
        correlationId={failure.correlationId}
        onRetry={() => void balance.refetch()}
      />
    );
  }
  const { available, held, balance: whole, upToDate, version } = balance.data;
  const updating = balance.isFetching || !upToDate;
  return (
    <div className="grid items-start gap-12 lg:grid-cols-[1fr_1.6fr]">
      <div className="grid gap-10">
        <section aria-labelledby="available">
          <h1 id="available" className="text-muted">
            Available store credit
          </h1>
          <p className="heading figures mt-1 text-4xl" data-testid="available">
            <Money value={available} />
          </p>
          <p className="mt-2 text-muted" aria-live="polite">
            {updating ? (
              "Updating…"
            ) : held.amount > 0 ? (
              <HeldNote whole={whole} held={held} />
            ) : (
              "Nothing is set aside for orders."
            )}
          </p>
        </section>
        <MoveMoney onMoved={setMinPosition} />
        <BalanceOn />
        <Months key={version} />
      </div>
      <Statement key={version} />
    </div>
  );
}

type MoneyValue = { amount: number; currency: string };

function HeldNote({ whole, held }: { whole: MoneyValue; held: MoneyValue }) {
  return (
    <>
      <Money value={whole} /> in all, of which <Money value={held} /> is set aside for orders.
    </>
  );
}

function OpenAccount({ onOpened }: { onOpened: (position: number | undefined) => void }) {
  const open = useAccountCommand("open");
  return (
    <EmptyState
      title="Store credit"
      action={
        <Button
          variant="primary"
          loading={open.isPending}
          onClick={() => open.mutate(undefined, { onSuccess: ({ position }) => onOpened(position ?? 0) })}
        >
          Open the account
        </Button>
      }
    >
      Put money in once and pay for orders with it. Whatever you pay and get back is written down here, to the cent.
      {open.error && <span className="mt-2 block text-failed">{failureOf(open.error).message}</span>}
    </EmptyState>
  );
}
