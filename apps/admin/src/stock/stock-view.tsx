"use client";
/** What there is of each item, by SKU or by what is looked for; each row leads to its ledger. */
import { EmptyState, Instant, Link, LinkButton, StatusBadge, Td } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPage } from "../console/list-page.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { stockItemHref } from "../links/events.ts";
import { searchOf } from "../console/search-of.ts";
import { AsOfConsumer } from "../subscriptions/as-of.tsx";
import { listInput, stockColumns, stockFilters, stockHref, type StockFilters } from "./stock-filters.ts";

const NUMERIC: readonly string[] = ["Available", "Reserved", "On hand"];

export function StockView() {
  const [filters, setFilters] = useQueryStates(stockFilters, { history: "push" });
  const { search, low, after } = filters;
  const list = useQuery(
    useTRPC().stock.list.queryOptions(listInput(filters), { ...useLiveQuery(), placeholderData: keepPreviousData }),
  );
  const first = stockHref({ search, low });
  return (
    <ListPage
      title="Stock"
      description={<AsOfConsumer consumer="stock" />}
      first={first}
      parts={stockFilters}
      label="Items, by SKU"
      what="the stock"
      list={list}
      search={{
        label: "Find an item",
        hint: "Words of its product, or how its SKU begins",
        typed: search,
        onSearch: (found) => void setFilters({ search: found, after: null }),
      }}
      tabs={{
        label: "Items by what is left",
        items: [
          { href: stockHref({ search }), label: "All", current: !low },
          { href: stockHref({ search, low: true }), label: "Low", current: low },
        ],
      }}
      columns={stockColumns}
      numeric={NUMERIC}
      widest="Item"
      hrefOf={({ sku }) => stockItemHref(sku)}
      rowsOpen
      cells={(item, href) => <Cells item={item} href={href} />}
      empty={<NoItems filters={filters} />}
      pages={{
        newerLabel: "First",
        newerHref: after === null ? undefined : first,
        olderLabel: "Next",
        olderHref: list.data?.nextCursor ? stockHref({ search, low, after: list.data.nextCursor }) : undefined,
      }}
    />
  );
}

type Item = Outputs["stock"]["list"]["items"][number];

function Cells({ item: { sku, name, available, reserved, updatedAt }, href }: { item: Item; href: string }) {
  return (
    <>
      <Td wide className="max-w-0 min-w-48 truncate" title={name}>
        <Link
          href={href}
          className="font-medium underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {name}
        </Link>
      </Td>
      <Td mono label="SKU">
        {sku}
      </Td>
      <Td numeric label="Available">
        {available <= 0 && (
          <StatusBadge status="waiting" quiet className="mr-2">
            sold out
          </StatusBadge>
        )}
        {available.toLocaleString("en-US")}
      </Td>
      <Td numeric label="Reserved">
        {reserved.toLocaleString("en-US")}
      </Td>
      <Td numeric label="On hand" className="font-medium">
        {(available + reserved).toLocaleString("en-US")}
      </Td>
      <Td label="Last change">
        {updatedAt === null ? <span className="text-muted">never stocked</span> : <Instant at={updatedAt} />}
      </Td>
    </>
  );
}

function NoItems({ filters: { after, low, search: typed } }: { filters: StockFilters }) {
  const search = searchOf(typed);
  if (after !== null) return <EmptyState title="No more items">These were all of them.</EmptyState>;
  if (search !== undefined) {
    return (
      <EmptyState title="No item matches" action={<LinkButton href={stockHref({ low })}>All items</LinkButton>}>
        No {low && "item that runs low is of a "}product {low ? "with" : "has"} all words of “{search}”, and no SKU
        begins with it.
      </EmptyState>
    );
  }
  if (low) {
    return (
      <EmptyState title="Nothing runs low" action={<LinkButton href="/stock">All items</LinkButton>}>
        Of every item more than a few are left.
      </EmptyState>
    );
  }
  return <EmptyState title="No items yet">The first one appears with the first product of the catalogue.</EmptyState>;
}
