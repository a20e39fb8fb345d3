"use client";
/** Money that does not agree with the orders. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { findingsHref } from "../reconciliation/finding-filters.ts";
import { FigureTile } from "./figure-tile.tsx";

export function DifferencesTile() {
  const query = useQuery(useTRPC().payments.status.queryOptions(undefined, useLiveQuery()));
  const { open = 0, attention = 0 } = query.data ?? {};
  return (
    <FigureTile
      query={query}
      href={findingsHref({ status: attention > 0 ? "attention" : null })}
      label="Payment differences"
      value={query.data && (open + attention).toLocaleString("en-US")}
      secondary={attention === 0 ? "none needs an operator" : `${attention} waiting for an operator`}
      status={attention > 0 ? "failed" : undefined}
      statusWord={attention > 0 ? "attention" : undefined}
    />
  );
}
