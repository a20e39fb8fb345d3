"use client";
/** Store credit accounts with at least some balance, richest first; each leads to its stream. */
import { Button, CopyableId, EmptyState, Field, Instant, LinkButton, Money, Td, TextInput } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState, type FormEvent } from "react";
import { ListPage } from "../console/list-page.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useSearchKey } from "../console/use-search-key.ts";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { accountStream, streamHref } from "../links/events.ts";
import { AsOf } from "../subscriptions/as-of.tsx";
import {
  accountColumns,
  accountFilters,
  accountsHref,
  dollarsOf,
  listInput,
  type AccountFilters,
} from "./account-filters.ts";

const NUMERIC: readonly string[] = ["Balance", "Held", "Available", "Version"];

export function AccountsView() {
  const [filters, setFilters] = useQueryStates(accountFilters, { history: "push" });
  const { min, after } = filters;
  const list = useQuery(
    useTRPC().accounts.search.queryOptions(listInput(filters), {
      ...useLiveQuery(),
      placeholderData: keepPreviousData,
    }),
  );
  const first = accountsHref({ min });
  return (
    <ListPage
      title="Accounts"
      description={
        <>
          Store credit, richest first. <AsOf projection="account_view" />
        </>
      }
      first={first}
      parts={accountFilters}
      label="Accounts, richest first"
      what="the accounts"
      list={list}
      form={<MinimumForm key={min} min={min} onChange={(least) => void setFilters({ min: least, after: null })} />}
      columns={accountColumns}
      numeric={NUMERIC}
      widest="Account"
      hrefOf={({ accountId }) => streamHref(accountStream(accountId))}
      cells={(account, href) => <Cells account={account} href={href} />}
      empty={<NoAccounts filters={filters} />}
      pages={{
        newerLabel: "Highest balance",
        newerHref: after === null ? undefined : first,
        olderLabel: "Next",
        olderHref: list.data?.nextCursor ? accountsHref({ min, after: list.data.nextCursor }) : undefined,
      }}
    />
  );
}

function MinimumForm({ min, onChange }: { min: number; onChange(min: number): void }) {
  const box = useSearchKey<HTMLFormElement>();
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("min");
    const dollars = dollarsOf(typeof typed === "string" ? typed : "");
    setWrong(dollars === undefined);
    if (dollars !== undefined) onChange(dollars);
  };
  return (
    <form ref={box} role="search" onSubmit={submit} noValidate className="mb-3 flex flex-wrap items-start gap-2">
      <Field
        label="Balance of at least"
        error={wrong ? "Enter an amount in dollars, such as 25 or 12.50." : undefined}
        className="w-48"
      >
        <TextInput mono lead="$" name="min" inputMode="decimal" autoComplete="off" defaultValue={min} maxLength={20} />
      </Field>
      <Button type="submit" className="mt-5">
        Apply
      </Button>
    </form>
  );
}

type Account = Outputs["accounts"]["search"]["items"][number];

function Cells({
  account: { accountId, holder, currency, balance, held, available, version, openedAt, updatedAt },
  href,
}: {
  account: Account;
  href: string;
}) {
  return (
    <>
      <Td>
        <CopyableId id={accountId} name={holder ?? undefined} what="account id" href={href} />
      </Td>
      <Td numeric label="Balance" className="font-medium">
        <Money value={{ amount: balance, currency }} />
      </Td>
      <Td numeric label="Held" className={held === 0 ? "text-muted" : undefined}>
        <Money value={{ amount: held, currency }} />
      </Td>
      <Td numeric label="Available">
        <Money value={{ amount: available, currency }} />
      </Td>
      <Td numeric label="Version">
        {version}
      </Td>
      <Td label="Opened">
        <Instant at={openedAt} format="precise" />
      </Td>
      <Td label="Last change">
        <Instant at={updatedAt} format="precise" />
      </Td>
    </>
  );
}

function NoAccounts({ filters }: { filters: AccountFilters }) {
  if (filters.after !== null) return <EmptyState title="No more accounts">These were all of them.</EmptyState>;
  if (filters.min > 0) {
    return (
      <EmptyState title="No account has that much" action={<LinkButton href="/accounts">All accounts</LinkButton>}>
        A smaller amount may find some.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No accounts yet">
      The first one appears when a customer opens store credit in the shop.
    </EmptyState>
  );
}
