"use client";
/** As of when a read model is, for the lists that show it: its page may be live while what it shows is old. */
import { Instant, TextLink } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { LAG_LIMIT_SECONDS, secondsText } from "../console/subscription-state.ts";
import { useTRPC } from "../console/trpc.ts";
import { projectionHref } from "../links/events.ts";

/** @param projection the one that keeps the read model */
export function AsOf({ projection }: { projection: string }) {
  const query = useQuery(useTRPC().projections.list.queryOptions(undefined, useLiveQuery({ slow: true })));
  const found = query.data?.find(({ name }) => name === projection);
  if (found === undefined) return <span>As of a moment ago.</span>;
  const { status, lagSeconds, eventsBehind } = found;
  const isOld = status !== "running" || lagSeconds > LAG_LIMIT_SECONDS;
  const at = new Date(query.dataUpdatedAt - lagSeconds * 1_000).toISOString();
  if (!isOld || eventsBehind === 0)
    return (
      <span>
        As of <Instant at={at} format="time" />.
      </span>
    );
  const why = status === "running" ? `${secondsText(lagSeconds)} behind` : status;
  return (
    <span className="font-medium text-waiting">
      Not up to date: as of <Instant at={at} format="time" />.{" "}
      <TextLink href={projectionHref(projection)}>
        {projection} is {why}
      </TextLink>
      , {eventsBehind.toLocaleString("en-US")} {eventsBehind === 1 ? "event waits" : "events wait"}.
    </span>
  );
}
