"use client";
/** What asks for a person by itself: alerts that fire, and money that does not agree with the orders. */
import { useQuery } from "@tanstack/react-query";
import { useFiringAlerts, useOpenAlerts } from "../alerts/use-alerts.ts";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { findingsHref } from "../reconciliation/finding-filters.ts";
import { FigureTile } from "./figure-tile.tsx";

export function AlertTile() {
  const query = useOpenAlerts();
  const firing = useFiringAlerts().length;
  const pending = query.data?.items.filter(({ status }) => status === "pending").length ?? 0;
  return (
    <FigureTile
      query={query}
      href="/alerts"
      label="Firing alerts"
      value={query.data && firing.toLocaleString("en-US")}
      secondary={pending === 0 ? "no projection is late" : `${pending} pending`}
      status={firing > 0 ? "failed" : undefined}
      statusWord={firing > 0 ? "firing" : undefined}
    />
  );
}

export function DifferencesTile() {
  const query = useQuery(useTRPC().payments.status.queryOptions(undefined, useLiveQuery()));
  const { open = 0, attention = 0 } = query.data ?? {};
  return (
    <FigureTile
      query={query}
      href={findingsHref({ status: attention > 0 ? "attention" : null })}
      label="Payment differences"
      value={query.data && (open + attention).toLocaleString("en-US")}
      secondary={attention === 0 ? "none needs a person" : `${attention} for a person to decide`}
      status={attention > 0 ? "failed" : undefined}
      statusWord={attention > 0 ? "attention" : undefined}
    />
  );
}
