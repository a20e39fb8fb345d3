"use client";
/** In place of a list's rows. Where a page begins can go, and an address can be mistyped: trying again does not help then. */
import { EmptyState, LinkButton } from "@tillstream/ui";
import { failureOf } from "./failure.ts";
import { QueryFailed, type FailedQuery } from "./query-failed.tsx";

interface ListFailedProps {
  query: FailedQuery;
  /** What could not be shown: "the event history". */
  what: string;
  /** The address of the list with its filters, from its first row on. */
  first: string;
  /** Why the page may be gone that the address asks for. */
  gone?: string | undefined;
}

export function ListFailed({ query, what, first, gone = "It does not begin in this list." }: ListFailedProps) {
  if (!failureOf(query.error).fields.some(({ field }) => field === "cursor"))
    return <QueryFailed query={query} what={what} />;
  return (
    <EmptyState title="This page is gone" action={<LinkButton href={first}>From the beginning</LinkButton>}>
      {gone}
    </EmptyState>
  );
}
