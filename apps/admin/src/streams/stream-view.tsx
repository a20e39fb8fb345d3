"use client";
/** The events of one stream, oldest first, with what was new in each. */
import { Breadcrumbs, CopyableId, EmptyState, LinkButton, PageHeader, Pagination, Term } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import { meaningOf } from "../console/definitions.ts";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import {
  accountStream,
  checkoutSagaOf,
  hasState,
  orderHref,
  orderOfStream,
  sagaHref,
  streamHref,
} from "../links/events.ts";
import { STREAM_PAGE } from "./page-size.ts";
import { PathsLegend, StreamEvents } from "./stream-events.tsx";
import { StreamState } from "./stream-state.tsx";

export function StreamView({ streamId }: { streamId: string }) {
  const [after] = useQueryState("after", parseAsInteger.withDefault(0));
  const trpc = useTRPC();
  const query = useQuery(
    trpc.streams.read.queryOptions({ streamId, afterVersion: Math.max(0, after), limit: STREAM_PAGE }, useLiveQuery()),
  );
  const orderId = orderOfStream(streamId);
  const events = query.data?.events ?? [];
  const first = events[0]?.version;
  const last = events.at(-1)?.version;
  const header = (
    <PageHeader
      title={titleOf(streamId)}
      breadcrumbs={<Breadcrumbs items={[{ label: "Events", href: "/events" }, { label: "Stream" }]} />}
      description={
        <>
          <CopyableId id={streamId} what="stream id" full />
          <p>
            Oldest first, by <Term meaning={meaningOf.version}>version</Term>.
          </p>
        </>
      }
      actions={
        orderId !== undefined && (
          <>
            <LinkButton size="sm" href={orderHref(orderId)}>
              Order
            </LinkButton>
            <LinkButton size="sm" href={sagaHref(checkoutSagaOf(orderId))}>
              Checkout saga
            </LinkButton>
          </>
        )
      }
    />
  );
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the stream" panels={2} />;
    return (
      <>
        {header}
        <QueryFailed query={query} what="this stream" list={{ href: "/events", label: "All events" }} />
      </>
    );
  }
  return (
    <>
      {header}
      {events.length === 0 ? (
        <EmptyState
          title={after > 0 ? "Nothing newer in this stream" : "No such stream"}
          action={
            <LinkButton href={after > 0 ? streamHref(streamId) : "/events"}>
              {after > 0 ? "From the beginning" : "All events"}
            </LinkButton>
          }
        >
          {after > 0
            ? `It has no event after version ${after}.`
            : "No event was ever written to it. The id may be mistyped."}
        </EmptyState>
      ) : (
        <div className={hasState(streamId) ? "grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_28rem]" : undefined}>
          <div className="min-w-0">
            <StreamEvents events={events} />
            <PathsLegend />
          </div>
          {hasState(streamId) && <StreamState streamId={streamId} />}
        </div>
      )}
      {(after > 0 || events.length === STREAM_PAGE) && (
        <Pagination
          className="mt-3"
          newerLabel="From the beginning"
          newerHref={after > 0 ? streamHref(streamId) : undefined}
          olderLabel="Later versions"
          olderHref={events.length === STREAM_PAGE ? `${streamHref(streamId)}?after=${last}` : undefined}
          summary={first === undefined ? undefined : `versions ${first} to ${last}`}
        />
      )}
    </>
  );
}

function titleOf(streamId: string): string {
  if (orderOfStream(streamId) !== undefined) return "Stream of an order";
  return streamId.startsWith(accountStream("")) ? "Stream of an account" : "Stream";
}
