"use client";
/** A stream as a ledger, as it is now or as it was after any of its versions. */
import { Breadcrumbs, CopyableId, EmptyState, LinkButton, PageHeader, Pagination, Term } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { glossary } from "@tillstream/eventing/glossary";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { checkoutSagaOf, orderHref, orderOfStream, sagaHref, streamHref } from "../links/events.ts";
import { streamQuery } from "./address.ts";
import { pageOf, STREAM_PAGE } from "./at.ts";
import { Ledger } from "./ledger.tsx";
import { ReadModels } from "./read-models.tsx";
import { shapeOf } from "./shapes.ts";
import { StreamState } from "./stream-state.tsx";
import { TravelPanel } from "./travel-panel.tsx";
import { useTravel } from "./use-travel.ts";

export function StreamView({ streamId }: { streamId: string }) {
  const { query, address, point, travel } = useTravel(streamId);
  if (query.isPending) return <DetailSkeleton what="the stream" panels={2} />;
  if (point === undefined) {
    return (
      <>
        <StreamHeader streamId={streamId} streamType="" />
        <QueryFailed query={query} what="this stream" list={{ href: "/events", label: "All events" }} />
      </>
    );
  }
  return (
    <>
      <StreamHeader streamId={streamId} streamType={point.streamType} />
      <Story streamId={streamId} address={address} point={point} travel={travel} />
    </>
  );
}

type Found = Extract<ReturnType<typeof useTravel>, { point: unknown }>;
type StoryProps = { readonly streamId: string } & Pick<Found, "address" | "point" | "travel">;

function Story({ streamId, address, point, travel }: StoryProps) {
  const { events, page, query } = useEvents(streamId, pageOf(travel.standing, address.after));
  const { streamType, hasState, newest } = point;
  const here = events.find(({ version }) => version === travel.standing.version);
  const pageHref = (after: number) => streamHref(streamId) + streamQuery({ ...address, after });
  const end = page.afterVersion + page.limit;
  return (
    <>
      {hasState && <TravelPanel travel={travel} recordedAt={here?.recordedAt} />}
      <div className={hasState ? "grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_25rem]" : undefined}>
        <div className="min-w-0">
          {query.isError && query.data === undefined ? (
            <QueryFailed query={query} what="the events" />
          ) : page.limit === 0 ? (
            <EmptyState
              title="Nothing newer in this stream"
              action={<LinkButton href={streamHref(streamId)}>The newest events</LinkButton>}
            >
              It has no event after version {page.afterVersion}.
            </EmptyState>
          ) : (
            <Ledger streamId={streamId} events={events} hasState={hasState} travel={hasState ? travel : undefined} />
          )}
          {newest > STREAM_PAGE && (
            <Pagination
              className="mt-3"
              newerLabel="Earlier versions"
              newerHref={page.afterVersion > 0 ? pageHref(Math.max(0, page.afterVersion - STREAM_PAGE)) : undefined}
              olderLabel="Later versions"
              olderHref={page.limit > 0 && end < newest ? pageHref(end) : undefined}
              summary={page.limit === 0 ? undefined : `versions ${page.afterVersion + 1} to ${end} of ${newest}`}
            />
          )}
        </div>
        {hasState && <StreamState streamId={streamId} streamType={streamType} travel={travel} other={address.with} />}
      </div>
      <div className="mt-4">
        <ReadModels streamId={streamId} version={travel.standing.isChosen ? travel.standing.version : undefined} />
      </div>
    </>
  );
}

/** A page of events never changes, but for their positions while the relay has not assigned them yet. */
function useEvents(streamId: string, page: { afterVersion: number; limit: number }) {
  const live = useLiveQuery();
  const query = useQuery(
    useTRPC().streams.read.queryOptions(
      { streamId, ...page, limit: Math.max(1, page.limit) },
      {
        enabled: page.limit > 0,
        staleTime: Infinity,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
          state.data?.events.some(({ position }) => position === null) === true ? live.refetchInterval : false,
      },
    ),
  );
  return { query, page, events: query.data?.events ?? [] };
}

function StreamHeader({ streamId, streamType }: { streamId: string; streamType: string }) {
  const orderId = orderOfStream(streamId);
  const shape = shapeOf(streamType);
  return (
    <PageHeader
      title={shape === undefined ? "Stream" : `Stream of ${shape.of}`}
      breadcrumbs={<Breadcrumbs items={[{ label: "Events", href: "/events" }, { label: "Stream" }]} />}
      description={
        <>
          <CopyableId id={streamId} what="stream id" full />
          <p>
            Oldest first, by <Term meaning={glossary.version}>version</Term>.
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
}
