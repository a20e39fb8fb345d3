"use client";
/** Products by name, or by what is looked for; each row leads to its product. */
import {
  EmptyState,
  Instant,
  Link,
  LinkButton,
  Money,
  PageHeader,
  Pagination,
  SkeletonRows,
  StatusBadge,
  Table,
  TableMessage,
  TBody,
  Td,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { QueryFailed } from "../console/query-failed.tsx";
import { SearchForm } from "../console/search-form.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { searchOf } from "../orders/order-filters.ts";
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
  const rows = list.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Catalogue"
        description={catalogueAbout}
        actions={
          <LinkButton href="/catalogue/new" size="sm">
            New product
          </LinkButton>
        }
      />
      <SearchForm
        key={search}
        label="Find a product"
        hint="Words of it, or how a SKU begins"
        search={search ?? ""}
        busy={list.isPlaceholderData && list.isFetching}
        onSearch={(typed) => void setFilters({ search: searchOf(typed) ?? null, after: null })}
      />
      {list.data === undefined && list.isError ? (
        <QueryFailed query={list} what="the catalogue" />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          {list.data !== undefined && (
            <p role="status" className="mb-2 text-sm text-muted">
              {list.data.count.toLocaleString("en-US")} {list.data.count === 1 ? "product" : "products"}, as of{" "}
              <Instant at={new Date(list.dataUpdatedAt).toISOString()} format="time" />
            </p>
          )}
          <ProductTable products={rows}>
            {list.isPending && <SkeletonRows rows={12} columns={catalogueColumns.length} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={catalogueColumns.length}>
                <NoProducts filters={filters} />
              </TableMessage>
            )}
          </ProductTable>
        </div>
      )}
      <Pagination
        className="mt-3"
        newerLabel="First"
        newerHref={after === null ? undefined : catalogueHref({ search })}
        olderLabel="Next"
        olderHref={list.data?.nextCursor ? catalogueHref({ search, after: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

type Product = Outputs["catalogue"]["list"]["items"][number];

function ProductTable({ products, children }: { products: readonly Product[]; children?: ReactNode }) {
  const { chosen, rowRef, onClick } = useRowLinks(products.map(({ slug }) => productHref(slug)));
  return (
    <Table label="Products, by name">
      <THead>
        <Tr>
          {catalogueColumns.map((column) => (
            <Th key={column} numeric={NUMERIC.includes(column)} className={column === "Product" ? "w-full" : undefined}>
              {column}
            </Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        {products.map((product) => {
          const href = productHref(product.slug);
          return (
            <Tr
              key={product.slug}
              ref={rowRef(href)}
              selected={chosen === href}
              onClick={onClick(href)}
              className="cursor-pointer"
            >
              <Cells product={product} href={href} />
            </Tr>
          );
        })}
        {children}
      </TBody>
    </Table>
  );
}

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
