"use client";
/** As of when a read model is, for the lists that show it: its page may be live while what it shows is old. */
import { Instant, TextLink } from "@tillstream/ui";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { LAG_LIMIT_SECONDS, secondsText } from "../console/subscription-state.ts";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { projectionHref } from "../links/events.ts";

type Lags = Pick<UseQueryResult<Outputs["projections"]["list"]>, "data" | "dataUpdatedAt">;

interface Kept {
  readonly lags: Lags;
  /** The projection or consumer that keeps the read model. */
  readonly name: string;
  readonly href: string;
}

export function AsOf({ projection }: { projection: string }) {
  const lags = useQuery(useTRPC().projections.list.queryOptions(undefined, useLiveQuery({ slow: true })));
  return <AsOfText lags={lags} name={projection} href={projectionHref(projection)} />;
}

/** For a read model that a consumer keeps. */
export function AsOfConsumer({ consumer }: { consumer: string }) {
  const lags = useQuery(useTRPC().consumers.list.queryOptions(undefined, useLiveQuery({ slow: true })));
  return <AsOfText lags={lags} name={consumer} href="/consumers" />;
}

function AsOfText({ lags, name, href }: Kept) {
  const found = lags.data?.find((one) => one.name === name);
  if (found === undefined) return <span>As of a moment ago.</span>;
  const { status, lagSeconds, eventsBehind } = found;
  const isOld = status !== "running" || lagSeconds > LAG_LIMIT_SECONDS;
  const at = new Date(lags.dataUpdatedAt - lagSeconds * 1_000).toISOString();
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
      <TextLink href={href}>
        {name} is {why}
      </TextLink>
      , {eventsBehind.toLocaleString("en-US")} {eventsBehind === 1 ? "event waits" : "events wait"}.
    </span>
  );
}
