"use client";
/** In place of what a query should have shown: the cause, the correlation id, and Retry. */
import { EmptyState, ErrorPanel, LinkButton } from "@tillstream/ui";
import { failureOf } from "./failure.ts";

export interface FailedQuery {
  readonly error: unknown;
  readonly isFetching: boolean;
  refetch(): unknown;
}

interface QueryFailedProps {
  query: FailedQuery;
  /** What could not be shown: "the event history". */
  what: string;
  /** Where the list is that a thing which does not exist would have been in. */
  list?: { href: string; label: string } | undefined;
}

export function QueryFailed({ query, what, list }: QueryFailedProps) {
  const { code, message, correlationId } = failureOf(query.error);
  if (code === "NOT_FOUND") {
    return (
      <EmptyState title="Not found" action={list && <LinkButton href={list.href}>{list.label}</LinkButton>}>
        {message} The address may be mistyped, or this database may be another one.
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
