"use client";
/** Customers, accounts and guests alike, by e-mail address or by what is looked for; each row leads to its customer. */
import { Badge, EmptyState, Instant, Link, LinkButton, Td } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPage } from "../console/list-page.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { customerHref } from "../links/events.ts";
import { searchOf } from "../console/search-of.ts";
import { customerColumns, customersAbout } from "./customer-columns.ts";
import { customerFilters, customersHref, listInput, type CustomerFilters } from "./customer-filters.ts";

const NUMERIC: readonly string[] = ["Orders"];

export function CustomersView() {
  const [filters, setFilters] = useQueryStates(customerFilters, { history: "push" });
  const { search, after } = filters;
  const list = useQuery(
    useTRPC().customers.list.queryOptions(listInput(filters), { placeholderData: keepPreviousData }),
  );
  const first = customersHref({ search });
  return (
    <ListPage
      title="Customers"
      description={customersAbout}
      first={first}
      parts={customerFilters}
      label="Customers, by e-mail address"
      what="the customers"
      list={list}
      search={{
        label: "Find a customer",
        hint: "E-mail, name, order number or id",
        typed: search,
        onSearch: (found) => void setFilters({ search: found, after: null }),
      }}
      columns={customerColumns}
      numeric={NUMERIC}
      widest="E-mail"
      hrefOf={({ customerId }) => customerHref(customerId)}
      rowsOpen
      cells={(customer, href) => <Cells customer={customer} href={href} />}
      empty={<NoCustomers filters={filters} />}
      gone="The customer before it has been erased."
      pages={{
        newerLabel: "First",
        newerHref: after === null ? undefined : first,
        olderLabel: "Next",
        olderHref: list.data?.nextCursor ? customersHref({ search, after: list.data.nextCursor }) : undefined,
      }}
    />
  );
}

type Customer = Outputs["customers"]["list"]["items"][number];

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
