"use client";
/** The parcels that came back, the latest first. One is received on its order's page. */
import {
  EmptyState,
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
  TextLink,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { Actor } from "../console/actor.tsx";
import { ExportLinks } from "../console/export-links.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { orderHref } from "../links/events.ts";
import { listInput, returnColumns, returnFilters, returnsHref } from "./return-filters.ts";

type Parcel = Outputs["orders"]["returns"]["items"][number];

export function ReturnsView() {
  const [filters] = useQueryStates(returnFilters);
  const list = useQuery(
    useTRPC().orders.returns.queryOptions(listInput(filters), { ...useLiveQuery(), placeholderData: keepPreviousData }),
  );
  const rows = list.data?.items ?? [];
  const { chosen, rowRef } = useRowLinks(rows.map(({ orderId }) => orderHref(orderId)));
  return (
    <>
      <PageHeader
        title="Returns"
        description="Parcels that came back. The money and the goods follow by themselves."
        actions={<ExportLinks page={returnsHref({ before: null })} />}
      />
      {list.data === undefined && list.isError ? (
        <QueryFailed query={list} what="the returns" />
      ) : (
        <Table label="Returns, the latest first">
          <THead>
            <Tr>
              {returnColumns.map((column) => (
                <Th
                  key={column}
                  numeric={column === "Paid back"}
                  className={column === "Why it came back" ? "w-full" : undefined}
                >
                  {column}
                </Th>
              ))}
            </Tr>
          </THead>
          <TBody>
            {rows.map((parcel) => (
              <Tr
                key={parcel.position}
                ref={rowRef(orderHref(parcel.orderId))}
                selected={chosen === orderHref(parcel.orderId)}
              >
                <Cells parcel={parcel} />
              </Tr>
            ))}
            {list.isPending && <SkeletonRows rows={12} columns={returnColumns.length} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={returnColumns.length}>
                <NoReturns isFirst={filters.before === null} />
              </TableMessage>
            )}
          </TBody>
        </Table>
      )}
      <Pagination
        className="mt-3"
        newerLabel="Latest"
        newerHref={filters.before === null ? undefined : returnsHref({ before: null })}
        olderHref={list.data?.nextCursor ? returnsHref({ before: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

function Cells({
  parcel: { orderId, number, reason, paidBack, isPaidBack, actor, actorName, at },
}: {
  parcel: Parcel;
}) {
  return (
    <>
      <Td mono>
        <TextLink href={orderHref(orderId)} className="inline-flex min-h-6 items-center">
          {number}
        </TextLink>
      </Td>
      <Td wide className="break-words whitespace-normal">
        {reason}
      </Td>
      <Td numeric label="Paid back">
        <Money value={paidBack} />
        {!isPaidBack && <span className="block text-sm text-muted">on its way</span>}
      </Td>
      <Td label="Received by">
        <Actor actor={actor} name={actorName} />
      </Td>
      <Td label="When">
        <Instant at={at} format="precise" />
      </Td>
    </>
  );
}

function NoReturns({ isFirst }: { isFirst: boolean }) {
  if (!isFirst) return <EmptyState title="Nothing older">This is the first parcel that came back.</EmptyState>;
  return (
    <EmptyState title="No returns yet" action={<LinkButton href="/orders?status=shipped">Shipped orders</LinkButton>}>
      When a parcel comes back, look its order up and receive it there.
    </EmptyState>
  );
}
