"use client";
/** Store credit accounts with at least some balance, richest first; each leads to its stream. */
import {
  Button,
  CopyableId,
  EmptyState,
  Field,
  Instant,
  LinkButton,
  Money,
  PageHeader,
  Pagination,
  SkeletonRows,
  Table,
  TableMessage,
  TBody,
  Td,
  TextInput,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState, type FormEvent, type ReactNode } from "react";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { ExportLinks } from "../console/export-links.tsx";
import { accountStream, streamHref } from "../links/events.ts";
import { AsOf } from "../subscriptions/as-of.tsx";
import { accountFilters, accountsHref, dollarsOf, listInput, type AccountFilters } from "./account-filters.ts";

const COLUMNS = 7;

export function AccountsView() {
  const [filters, setFilters] = useQueryStates(accountFilters, { history: "push" });
  const list = useQuery(
    useTRPC().accounts.search.queryOptions(listInput(filters), {
      ...useLiveQuery(),
      placeholderData: keepPreviousData,
    }),
  );
  const rows = list.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Accounts"
        description={
          <>
            Store credit, richest first. <AsOf projection="account_view" />
          </>
        }
        actions={<ExportLinks page={accountsHref({ min: filters.min })} />}
      />
      <MinimumForm key={filters.min} min={filters.min} onChange={(min) => void setFilters({ min, after: null })} />
      {list.data === undefined && list.isError ? (
        <QueryFailed query={list} what="the accounts" />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <AccountTable accounts={rows}>
            {list.isPending && <SkeletonRows rows={12} columns={COLUMNS} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={COLUMNS}>
                <NoAccounts filters={filters} />
              </TableMessage>
            )}
          </AccountTable>
        </div>
      )}
      <Pagination
        className="mt-3"
        newerLabel="Highest balance"
        newerHref={filters.after === null ? undefined : accountsHref({ min: filters.min })}
        olderLabel="Next"
        olderHref={list.data?.nextCursor ? accountsHref({ min: filters.min, after: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

function MinimumForm({ min, onChange }: { min: number; onChange(min: number): void }) {
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("min");
    const dollars = dollarsOf(typeof typed === "string" ? typed : "");
    setWrong(dollars === undefined);
    if (dollars !== undefined) onChange(dollars);
  };
  return (
    <form onSubmit={submit} noValidate className="mb-3 flex flex-wrap items-start gap-2">
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

function AccountTable({ accounts, children }: { accounts: readonly Account[]; children?: ReactNode }) {
  const hrefOf = (accountId: string) => streamHref(accountStream(accountId));
  const { chosen, rowRef } = useRowLinks(accounts.map(({ accountId }) => hrefOf(accountId)));
  return (
    <Table label="Accounts, richest first">
      <THead>
        <Tr>
          <Th className="w-full">Account</Th>
          <Th numeric>Balance</Th>
          <Th numeric>Held</Th>
          <Th numeric>Available</Th>
          <Th numeric>Version</Th>
          <Th>Opened</Th>
          <Th>Last change</Th>
        </Tr>
      </THead>
      <TBody>
        {accounts.map(({ accountId, currency, balance, held, available, version, openedAt, updatedAt }) => (
          <Tr key={accountId} ref={rowRef(hrefOf(accountId))} selected={chosen === hrefOf(accountId)}>
            <Td>
              <CopyableId id={accountId} what="account id" href={hrefOf(accountId)} />
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
          </Tr>
        ))}
        {children}
      </TBody>
    </Table>
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
