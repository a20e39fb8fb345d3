"use client";
/** Orders, from the newest or the oldest, by status and by what is looked for. Rows change in place; new orders wait behind "N new". */
import { CopyButton, EmptyState, Instant, Link, LinkButton, Money, StatusBadge, Td } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useHeldRows } from "../console/held-rows.ts";
import { ListPage } from "../console/list-page.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { NothingFurther } from "../console/nothing-further.tsx";
import { searchOf } from "../console/search-of.ts";
import { turnedBy } from "../console/time-order.ts";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { orderHref } from "../links/events.ts";
import { AsOf } from "../subscriptions/as-of.tsx";
import { cancelWords } from "./cancel-words.ts";
import {
  listedStatuses,
  listInput,
  orderColumns,
  orderFilters,
  ordersHref,
  type OrderFilters,
} from "./order-filters.ts";
import { orderStatus, statusWord, type Order } from "./order-state.ts";
import { StepStrip } from "./step-strip.tsx";

const NUMERIC: readonly string[] = ["Items", "Total"];

export function OrdersView() {
  const [filters, setFilters] = useQueryStates(orderFilters, { history: "push" });
  const { search, sort } = filters;
  const list = useQuery(
    useTRPC().orders.list.queryOptions(listInput(filters), { ...useLiveQuery(), placeholderData: keepPreviousData }),
  );
  const held = useHeldRows(
    list.isPlaceholderData ? undefined : list.data?.items,
    (order) => Date.parse(order.placedAt),
    ordersHref(filters),
    sort,
  );
  const turned = turnedBy(filters, ordersHref, list.data?.nextCursor);
  return (
    <ListPage
      title="Orders"
      description={<AsOf projection="order_view" />}
      actions={<NewRowsSlot count={held.waiting} onShow={held.show} />}
      first={turned.first}
      parts={orderFilters}
      label={`Orders, ${turned.words}`}
      what="the orders"
      list={list}
      rows={list.isPlaceholderData ? (list.data?.items ?? []) : held.rows}
      search={{
        label: "Find an order",
        hint: "Number, e-mail, name, id, charge or tracking number",
        typed: search,
        onSearch: (found) => void setFilters({ search: found, before: null }),
      }}
      tabs={{
        label: "Orders by status",
        items: [
          { href: ordersHref({ search, sort }), label: "All", current: filters.status === null },
          ...listedStatuses.map((status) => ({
            href: ordersHref({ search, status, sort }),
            label: status.charAt(0).toUpperCase() + status.slice(1),
            current: filters.status === status,
          })),
        ],
      }}
      columns={orderColumns}
      numeric={NUMERIC}
      widest="Why cancelled"
      sort={{ column: "Placed", head: turned.head }}
      hrefOf={({ orderId }) => orderHref(orderId)}
      cells={(order) => <Cells order={order} />}
      empty={<NoOrders filters={filters} notYetListed={list.data?.notYetListed ?? null} />}
      pages={turned.pages}
    />
  );
}

type ListedOrder = Outputs["orders"]["list"]["items"][number];

function Cells({ order }: { order: ListedOrder }) {
  const { customer } = order;
  return (
    <>
      <Td>
        <OrderId order={order} />
      </Td>
      <Td>
        <StatusBadge status={orderStatus[order.status]} quiet>
          {statusWord(order)}
        </StatusBadge>
      </Td>
      <Td label="Customer" title={customer?.email}>
        {customer === null ? (
          <span className="text-muted">not known any more</span>
        ) : (
          <span className="inline-block max-w-44 truncate align-middle">{customer.name ?? customer.email}</span>
        )}
      </Td>
      <Td>
        <StepStrip steps={order.steps} />
      </Td>
      <Td numeric label="Items">
        {order.lines.reduce((sum, line) => sum + line.quantity, 0)}
      </Td>
      <Td numeric label="Total">
        <Money value={order.total} />
      </Td>
      <Td className="text-muted">{order.cancelReason === null ? "" : cancelWords(order.cancelReason)}</Td>
      <Td label="Placed">
        <Instant at={order.placedAt} format="precise" />
      </Td>
    </>
  );
}

/** The number as the customer reads it; the whole id on the clipboard. */
function OrderId({ order: { orderId, number } }: { order: Order }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <Link
        href={orderHref(orderId)}
        title={orderId}
        className="inline-flex min-h-6 items-center font-mono whitespace-nowrap text-sm underline decoration-line-strong underline-offset-3 hover:decoration-current"
      >
        {number}
      </Link>
      <CopyButton text={orderId} what="order id" className="opacity-55 hover:opacity-100 focus-visible:opacity-100" />
    </span>
  );
}

interface NoOrdersProps {
  filters: OrderFilters;
  notYetListed: Outputs["orders"]["list"]["notYetListed"];
}

function NoOrders({ filters, notYetListed }: NoOrdersProps) {
  if (notYetListed !== null) {
    const { orderId, number, placedAt } = notYetListed;
    return (
      <EmptyState
        title={`Order ${number} is not yet in the list`}
        action={<LinkButton href={orderHref(orderId)}>Open the order</LinkButton>}
      >
        It was placed at <Instant at={placedAt} />. The list shows it as soon as its read model has caught up.
      </EmptyState>
    );
  }
  const search = searchOf(filters.search);
  if (search !== undefined && filters.before === null) {
    const everywhere = ordersHref({ search });
    return (
      <EmptyState
        title="No order matches"
        action={
          filters.status === null ? (
            <LinkButton href="/orders">All orders</LinkButton>
          ) : (
            <LinkButton href={everywhere}>Look in all states</LinkButton>
          )
        }
      >
        Nothing {filters.status !== null && `that is ${filters.status} `}has the number, id, charge or tracking number “
        {search}”, or an e-mail address or a name that begins with it.
      </EmptyState>
    );
  }
  if (filters.status !== null) {
    return (
      <EmptyState title={`No order is ${filters.status}`} action={<LinkButton href="/orders">All orders</LinkButton>}>
        Orders in other states are in the other tabs.
      </EmptyState>
    );
  }
  if (filters.before !== null)
    return <NothingFurther sort={filters.sort}>This is the first order of all.</NothingFurther>;
  return (
    <EmptyState title="No orders yet">
      The first one appears as soon as a customer buys something in the shop.
    </EmptyState>
  );
}
