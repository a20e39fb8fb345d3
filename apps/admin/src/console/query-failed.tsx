"use client";
/** In place of what a query should have shown: the cause, the correlation id, and Retry. */
import { EmptyState, ErrorPanel, LinkButton } from "@tillstream/ui";
import { failureOf } from "./failure.ts";
import { isUnknown } from "./is-unknown.ts";

export interface FailedQuery {
  readonly error: unknown;
  readonly isFetching: boolean;
  refetch(): unknown;
}

interface QueryFailedProps {
  query: FailedQuery;
  /** What could not be shown: "the event history". */
  what: string;
  /** Where the list is that the one thing would be in which the page's address names. */
  list?: { href: string; label: string } | undefined;
}

export function QueryFailed({ query, what, list }: QueryFailedProps) {
  const failure = failureOf(query.error);
  const { code, message, correlationId } = failure;
  if (list === undefined ? code === "NOT_FOUND" : isUnknown(failure)) {
    return (
      <EmptyState title="Not found" action={list && <LinkButton href={list.href}>{list.label}</LinkButton>}>
        {code === "NOT_FOUND" && message} The address may be mistyped, or this database may be another one.
      </EmptyState>
    );
  }
  return (
    <ErrorPanel
      title={`Could not load ${what}`}
      cause={message}
      correlationId={correlationId}
      retrying={query.isFetching}
      onRetry={() => void query.refetch()}
    >
      Nothing was changed by looking.
    </ErrorPanel>
  );
}
