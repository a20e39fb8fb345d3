"use client";
/** Customers, accounts and guests alike, by e-mail address or by what is looked for; each row leads to its customer. */
import {
  Badge,
  EmptyState,
  Instant,
  Link,
  LinkButton,
  PageHeader,
  Pagination,
  SkeletonRows,
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
import { failureOf } from "../console/failure.ts";
import { QueryFailed, type FailedQuery } from "../console/query-failed.tsx";
import { SearchForm } from "../console/search-form.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { customerHref } from "../links/events.ts";
import { searchOf } from "../orders/order-filters.ts";
import { customerColumns, customersAbout } from "./customer-columns.ts";
import { customerFilters, customersHref, listInput, type CustomerFilters } from "./customer-filters.ts";

export function CustomersView() {
  const [filters, setFilters] = useQueryStates(customerFilters, { history: "push" });
  const { search, after } = filters;
  const list = useQuery(
    useTRPC().customers.list.queryOptions(listInput(filters), { placeholderData: keepPreviousData }),
  );
  const rows = list.data?.items ?? [];
  return (
    <>
      <PageHeader title="Customers" description={customersAbout} />
      <SearchForm
        key={search}
        label="Find a customer"
        hint="E-mail, name, order number or id"
        search={search ?? ""}
        busy={list.isPlaceholderData && list.isFetching}
        onSearch={(typed) => void setFilters({ search: searchOf(typed) ?? null, after: null })}
      />
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} search={search} />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <CustomerTable customers={rows}>
            {list.isPending && <SkeletonRows rows={12} columns={customerColumns.length} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={customerColumns.length}>
                <NoCustomers filters={filters} />
              </TableMessage>
            )}
          </CustomerTable>
        </div>
      )}
      <Pagination
        className="mt-3"
        newerLabel="First"
        newerHref={after === null ? undefined : customersHref({ search })}
        olderLabel="Next"
        olderHref={list.data?.nextCursor ? customersHref({ search, after: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

type Customer = Outputs["customers"]["list"]["items"][number];

function CustomerTable({ customers, children }: { customers: readonly Customer[]; children?: ReactNode }) {
  const { chosen, rowRef, onClick } = useRowLinks(customers.map(({ customerId }) => customerHref(customerId)));
  return (
    <Table label="Customers, by e-mail address">
      <THead>
        <Tr>
          {customerColumns.map((column) => (
            <Th key={column} numeric={column === "Orders"} className={column === "E-mail" ? "w-full" : undefined}>
              {column}
            </Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        {customers.map((customer) => {
          const href = customerHref(customer.customerId);
          return (
            <Tr
              key={customer.customerId}
              ref={rowRef(href)}
              selected={chosen === href}
              onClick={onClick(href)}
              className="cursor-pointer"
            >
              <Cells customer={customer} href={href} />
            </Tr>
          );
        })}
        {children}
      </TBody>
    </Table>
  );
}

function Cells({
  customer: { name, email, kind, orders, lastOrderAt, since },
  href,
}: {
  customer: Customer;
  href: string;
}) {
  return (
    <>
      <Td>
        <Link
          href={href}
          className="inline-block max-w-56 min-w-6 truncate align-middle font-medium underline decoration-line-strong underline-offset-3 hover:decoration-current max-sm:max-w-full"
        >
          {name === "" ? "No name" : name}
        </Link>
      </Td>
      <Td wide className="max-w-0 min-w-48 truncate" title={email}>
        {email}
      </Td>
      <Td>
        <Badge tone={kind === "account" ? "plain" : "outline"}>{kind}</Badge>
      </Td>
      <Td numeric label="Orders">
        {orders.toLocaleString("en-US")}
      </Td>
      <Td label="Last order">{lastOrderAt === null ? "none" : <Instant at={lastOrderAt} />}</Td>
      <Td label="Since">
        <Instant at={since} format="date" />
      </Td>
    </>
  );
}

/** Where the page begins can go: its customer is erased, or a guest's order is over for good. Trying again does not help. */
function ListFailed({ query, search }: { query: FailedQuery; search: string | null }) {
  if (!failureOf(query.error).fields.some(({ field }) => field === "cursor")) {
    return <QueryFailed query={query} what="the customers" />;
  }
  return (
    <EmptyState
      title="This page is gone"
      action={<LinkButton href={customersHref({ search })}>From the beginning</LinkButton>}
    >
      The customer before it has been erased.
    </EmptyState>
  );
}

function NoCustomers({ filters }: { filters: CustomerFilters }) {
  const search = searchOf(filters.search);
  if (filters.after !== null) return <EmptyState title="No more customers">These were all of them.</EmptyState>;
  if (search !== undefined) {
    return (
      <EmptyState title="No customer matches" action={<LinkButton href="/customers">All customers</LinkButton>}>
        Nobody has the id or an order with the number “{search}”, or an e-mail address or a name that begins with it.
        Erased customers cannot be found.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No customers yet">
      The first one appears when a customer registers or orders in the shop.
    </EmptyState>
  );
}
