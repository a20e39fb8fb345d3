"use client";
/** The parcels that came back, the latest first. One is received on its order's page. */
import { EmptyState, Instant, LinkButton, Money, Td, TextLink } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { Actor } from "../console/actor.tsx";
import { ListPage } from "../console/list-page.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { orderHref } from "../links/events.ts";
import { AnnouncedReturns } from "../orders/announced-returns.tsx";
import { listInput, returnColumns, returnFilters, returnsHref } from "./return-filters.ts";

type Parcel = Outputs["orders"]["returns"]["items"][number];

const NUMERIC: readonly string[] = ["Paid back"];
const first = returnsHref({ before: null });

export function ReturnsView() {
  const [filters] = useQueryStates(returnFilters);
  const list = useQuery(
    useTRPC().orders.returns.queryOptions(listInput(filters), { ...useLiveQuery(), placeholderData: keepPreviousData }),
  );
  return (
    <ListPage
      title="Returns"
      description="What customers announced, and whole parcels that came back. The money and the goods follow by themselves."
      first={first}
      parts={returnFilters}
      above={filters.before === null && <AnnouncedReturns />}
      label="Returns, the latest first"
      what="the returns"
      list={list}
      columns={returnColumns}
      numeric={NUMERIC}
      widest="Why it came back"
      hrefOf={({ orderId }) => orderHref(orderId)}
      keyOf={({ position }) => position}
      cells={(parcel) => <Cells parcel={parcel} />}
      empty={<NoReturns isFirst={filters.before === null} />}
      pages={{
        newerLabel: "Latest",
        newerHref: filters.before === null ? undefined : first,
        olderHref: list.data?.nextCursor ? returnsHref({ before: list.data.nextCursor }) : undefined,
      }}
    />
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
