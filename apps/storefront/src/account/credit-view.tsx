"use client";
/** Store credit: what there is, adding to it and withdrawing, and every cent explained. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isUnsettled } from "@tillstream/trpc/commands";
import { Button, EmptyState, ErrorPanel, Money, Skeleton } from "@tillstream/ui";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { failureOf } from "../shop/failure.ts";
import { ShopData } from "../shop/data.tsx";
import { SignInAgain } from "../shop/sign-in-again.tsx";
import { useTRPC } from "../shop/trpc.ts";
import { Unsettled } from "../shop/unsettled.tsx";
import { BalanceOn } from "./balance-on.tsx";
import { Months } from "./months.tsx";
import { MoveMoney } from "./move-money.tsx";
import { Statement } from "./statement.tsx";
import { isUpdating, untilIn } from "./own-writes.ts";
import { useOpenAccount } from "./use-account-command.ts";

const LOOK_AGAIN_MS = 500;

export function CreditView() {
  return (
    <ShopData>
      <Credit />
    </ShopData>
  );
}

function Credit() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  /** The account's latest version that one has written, or seen in any part of the page: every part must have it. */
  const [latest, setLatest] = useState(0);
  const raise = useCallback((version: number) => setLatest((known) => Math.max(known, version)), []);
  const balance = useQuery({
    ...trpc.account.balanceIfOpen.queryOptions(latest === 0 ? {} : { minVersion: latest }),
    ...untilIn,
    retry: false,
  });
  if (balance.data === undefined) {
    const failure = balance.error === null ? undefined : failureOf(balance.error);
    if (failure === undefined) return <Skeleton className="h-72 w-full" />;
    return (
      <ErrorPanel
        title="Your balance could not be read"
        cause={failure.message}
        correlationId={failure.correlationId}
        onRetry={() => void balance.refetch()}
      />
    );
  }
  if (balance.data === null)
    return latest === 0 ? (
      <OpenAccount onOpened={raise} />
    ) : (
      <Opening onLook={() => balance.refetch({ cancelRefetch: false })} />
    );
  const { available, held, balance: whole, version } = balance.data;
  const shown = Math.max(version, latest);
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
            {isUpdating(balance) ? (
              "Updating…"
            ) : held.amount > 0 ? (
              <HeldNote whole={whole} held={held} />
            ) : (
              "Nothing is reserved for orders."
            )}
          </p>
        </section>
        <MoveMoney
          version={shown}
          onMoved={raise}
          onChanged={() => void queryClient.invalidateQueries({ queryKey: trpc.account.pathKey() })}
        />
        <BalanceOn />
        <Months minVersion={shown} />
      </div>
      <Statement minVersion={shown} onNewer={raise} />
    </div>
  );
}

/** The account is open, and its view has not heard of it yet. */
function Opening({ onLook }: { onLook: () => unknown }) {
  const look = useEffectEvent(onLook);
  useEffect(() => {
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return <p role="status">Opening your account…</p>;
}

type MoneyValue = { amount: number; currency: string };

function HeldNote({ whole, held }: { whole: MoneyValue; held: MoneyValue }) {
  return (
    <>
      <Money value={whole} /> in all, of which <Money value={held} /> is reserved for orders.
    </>
  );
}

function OpenAccount({ onOpened }: { onOpened: (version: number) => void }) {
  const open = useOpenAccount({ onDone: ({ version }) => onOpened(version) });
  return (
    <EmptyState
      title="Store credit"
      action={
        isUnsettled(open) ? (
          <Unsettled whether="your account was opened" command={open} />
        ) : (
          <Button variant="primary" loading={open.state === "sending"} onClick={() => void open.run({})}>
            Open the account
          </Button>
        )
      }
    >
      Add money once and pay for orders with it. Whatever you pay and get back is written down here, to the cent.
      {open.state === "refused" && (
        <span role="alert" className="mt-2 block text-failed">
          {open.failure?.message} <SignInAgain failure={open.failure} />
        </span>
      )}
    </EmptyState>
  );
}
