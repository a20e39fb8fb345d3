"use client";
/** Every change of an item, the latest first, with what there was after it. */
import {
  EmptyState,
  Instant,
  Pagination,
  SkeletonRows,
  Table,
  TableMessage,
  TBody,
  Td,
  TextLink,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useLiveQuery } from "../console/live.tsx";
import { actorWords } from "../console/actor-words.ts";
import { ListFailed } from "../console/list-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { UnreadAddress } from "../console/unread-address.tsx";
import { eventHref, orderHref } from "../links/events.ts";
import type { LedgerEntry } from "./item.ts";
import { itemFilters, ledgerHref, ledgerInput } from "./item-filters.ts";

const COLUMNS = 7;

export function ItemLedger({ sku }: { sku: string }) {
  const [{ before }] = useQueryStates(itemFilters);
  const ledger = useQuery(
    useTRPC().stock.ledger.queryOptions(ledgerInput(sku, before), {
      ...useLiveQuery(),
      placeholderData: keepPreviousData,
    }),
  );
  const entries = ledger.data?.items ?? [];
  const first = ledgerHref(sku, null);
  if (ledger.data === undefined && ledger.isError) return <ListFailed query={ledger} what="the ledger" first={first} />;
  return (
    <section aria-label="Ledger">
      <h2 className="heading mb-2 text-lg">Ledger</h2>
      <UnreadAddress parts={itemFilters} />
      <div className={ledger.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
        <Table label={`Changes of ${sku}, the latest first`}>
          <THead>
            <Tr>
              <Th>Change</Th>
              <Th numeric>Units</Th>
              <Th numeric>Available after</Th>
              <Th numeric>On hand after</Th>
              <Th className="w-full">Order or reason</Th>
              <Th>By</Th>
              <Th>When</Th>
            </Tr>
          </THead>
          <TBody>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
            {ledger.isPending && <SkeletonRows rows={8} columns={COLUMNS} />}
            {ledger.isSuccess && entries.length === 0 && (
              <TableMessage columns={COLUMNS}>
                {before === null ? (
                  <EmptyState title="Nothing has happened yet">
                    Receive the first units, and they can be sold.
                  </EmptyState>
                ) : (
                  <EmptyState title="Nothing older">This was all of it.</EmptyState>
                )}
              </TableMessage>
            )}
          </TBody>
        </Table>
      </div>
      <Pagination
        className="mt-3"
        newerLabel="Latest"
        newerHref={before === null ? undefined : first}
        olderHref={ledger.data?.nextCursor ? ledgerHref(sku, ledger.data.nextCursor) : undefined}
      />
    </section>
  );
}

const SIGNED = new Intl.NumberFormat("en-US", { signDisplay: "exceptZero" });

function EntryRow({
  entry: { kind, quantity, available, onHand, eventId, at, by, reason, order },
}: {
  entry: LedgerEntry;
}) {
  return (
    <Tr>
      <Td>
        <TextLink href={eventHref(eventId)} className="inline-flex min-h-6 items-center" title="The event">
          {kind}
        </TextLink>
      </Td>
      <Td numeric label="Units" className="font-medium">
        {SIGNED.format(quantity)}
      </Td>
      <Td numeric label="Available after">
        {available.toLocaleString("en-US")}
      </Td>
      <Td numeric label="On hand after">
        {onHand.toLocaleString("en-US")}
      </Td>
      <Td wide className="max-w-0 min-w-40 truncate" title={reason ?? undefined}>
        {order === null ? (
          reason
        ) : (
          <TextLink href={orderHref(order.id)} className="inline-flex min-h-6 items-center font-mono text-sm">
            {order.number}
          </TextLink>
        )}
      </Td>
      <Td label="By" className="max-w-40 truncate" title={by}>
        {actorWords(by, null)}
      </Td>
      <Td label="When">
        <Instant at={at} format="precise" />
      </Td>
    </Tr>
  );
}
