"use client";
/** What happened to an order: its events, and the saga that carries it out, in its last fork. */
import { Panel, SkeletonText, StatusBadge, TextLink } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { failureOf } from "../console/failure.ts";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { flowHref, sagaHref } from "../links/events.ts";
import { runStatus, runWord } from "../sagas/saga-state.ts";
import { SagaSteps } from "../sagas/saga-steps.tsx";
import { STREAM_PAGE } from "../streams/at.ts";
import { Ledger } from "../streams/ledger.tsx";

export function useOrderEvents(streamId: string) {
  return useQuery(
    useTRPC().streams.read.queryOptions({ streamId, afterVersion: 0, limit: STREAM_PAGE }, useLiveQuery()),
  );
}

export function OrderHistory({ streamId }: { streamId: string }) {
  const query = useOrderEvents(streamId);
  const correlationId = query.data?.events[0]?.metadata.correlationId;
  return (
    <section aria-label="Events">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="heading text-lg">Events</h2>
        {correlationId !== undefined && (
          <TextLink href={flowHref(correlationId)} className="text-sm">
            The whole flow, shipment included
          </TextLink>
        )}
      </div>
      {query.data === undefined ? (
        query.isError ? (
          <QueryFailed query={query} what="the order's events" />
        ) : (
          <SkeletonText lines={6} />
        )
      ) : (
        <Ledger streamId={streamId} events={query.data.events} hasState />
      )}
    </section>
  );
}

interface OrderSagaProps {
  readonly sagaId: string;
  readonly title: string;
  readonly absent: string;
}

export function OrderSaga({ sagaId, title, absent }: OrderSagaProps) {
  const query = useQuery(useTRPC().sagas.byId.queryOptions({ sagaId }, useLiveQuery()));
  const run = query.data;
  const [fork] = run?.forks ?? [];
  if (fork !== undefined) return <OrderSaga sagaId={fork} title={title} absent={absent} />;
  // Between placing an order and the consumer that starts its saga lies a moment without one.
  const notStarted = query.isError && failureOf(query.error).code === "NOT_FOUND";
  return (
    <Panel
      title={title}
      actions={run && <StatusBadge status={runStatus[run.status]}>{runWord[run.status]}</StatusBadge>}
    >
      {notStarted && <p className="text-muted">{absent}</p>}
      {query.isError && !notStarted && run === undefined && <QueryFailed query={query} what="the order's saga" />}
      {query.isPending && <SkeletonText lines={5} />}
      {run !== undefined && (
        <>
          <SagaSteps steps={run.steps} />
          <p className="mt-3 border-t border-line pt-2 text-sm">
            <TextLink href={sagaHref(sagaId)}>Steps beside their compensations</TextLink>
          </p>
        </>
      )}
    </Panel>
  );
}
