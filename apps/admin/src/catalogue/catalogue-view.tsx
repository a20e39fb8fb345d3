"use client";
/** Products by name, or by what is looked for; each row leads to its product. */
import { EmptyState, Instant, Link, LinkButton, Money, StatusBadge, Td } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPage } from "../console/list-page.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { searchOf } from "../console/search-of.ts";
import {
  catalogueAbout,
  catalogueColumns,
  catalogueFilters,
  catalogueHref,
  listInput,
  productHref,
  type CatalogueFilters,
} from "./catalogue-filters.ts";

const NUMERIC: readonly string[] = ["Price", "Variants", "Available"];

export function CatalogueView() {
  const [filters, setFilters] = useQueryStates(catalogueFilters, { history: "push" });
  const { search, after } = filters;
  const list = useQuery(
    useTRPC().catalogue.list.queryOptions(listInput(filters), { placeholderData: keepPreviousData }),
  );
  const first = catalogueHref({ search });
  return (
    <ListPage
      title="Catalogue"
      description={catalogueAbout}
      actions={
        <LinkButton href="/catalogue/new" size="sm">
          New product
        </LinkButton>
      }
      first={first}
      parts={catalogueFilters}
      label="Products, by name"
      what="the catalogue"
      list={list}
      search={{
        label: "Find a product",
        hint: "Words of it, or how a SKU begins",
        typed: search,
        onSearch: (found) => void setFilters({ search: found, after: null }),
      }}
      above={
        list.data !== undefined && (
          <p role="status" className="mb-2 text-sm text-muted">
            {list.data.count.toLocaleString("en-US")} {list.data.count === 1 ? "product" : "products"}, as of{" "}
            <Instant at={new Date(list.dataUpdatedAt).toISOString()} format="time" />
          </p>
        )
      }
      columns={catalogueColumns}
      numeric={NUMERIC}
      widest="Product"
      hrefOf={({ slug }) => productHref(slug)}
      rowsOpen
      cells={(product, href) => <Cells product={product} href={href} />}
      empty={<NoProducts filters={filters} />}
      pages={{
        newerLabel: "First",
        newerHref: after === null ? undefined : first,
        olderLabel: "Next",
        olderHref: list.data?.nextCursor ? catalogueHref({ search, after: list.data.nextCursor }) : undefined,
      }}
    />
  );
}

type Product = Outputs["catalogue"]["list"]["items"][number];

function Cells({ product, href }: { product: Product; href: string }) {
  const { name, category, priceFrom, priceTo, variantCount, available, soldOut, updatedAt, updatedBy } = product;
  return (
    <>
      <Td wide className="max-w-0 min-w-48 truncate">
        <Link
          href={href}
          className="font-medium underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {name}
        </Link>
      </Td>
      <Td label="Category">{category}</Td>
      <Td numeric label="Price">
        <Money value={priceFrom} />
        {priceTo.amount !== priceFrom.amount && (
          <>
            {" "}
            to <Money value={priceTo} />
          </>
        )}
      </Td>
      <Td numeric label="Variants">
        {variantCount}
      </Td>
      <Td numeric label="Available">
        {soldOut > 0 && (
          <StatusBadge status="waiting" quiet className="mr-2">
            {soldOut === variantCount ? "sold out" : `${soldOut} sold out`}
          </StatusBadge>
        )}
        {available.toLocaleString("en-US")}
      </Td>
      <Td label="Last edit">
        {updatedBy === null ? (
          <span className="text-muted">never</span>
        ) : (
          <>
            <Instant at={updatedAt} format="relative" /> by {updatedBy}
          </>
        )}
      </Td>
    </>
  );
}

function NoProducts({ filters }: { filters: CatalogueFilters }) {
  const search = searchOf(filters.search);
  if (filters.after !== null) return <EmptyState title="No more products">These were all of them.</EmptyState>;
  if (search === undefined) {
    return <EmptyState title="No products yet">The shop is empty. Local environments are seeded with some.</EmptyState>;
  }
  return (
    <EmptyState title="No product matches" action={<LinkButton href="/catalogue">All products</LinkButton>}>
      No product has all words of “{search}”, and no SKU begins with it.
    </EmptyState>
  );
}
