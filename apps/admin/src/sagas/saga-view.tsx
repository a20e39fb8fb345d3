"use client";
/** One run: its status, its steps with their mirror, and the same as a list. */
import {
  Banner,
  Breadcrumbs,
  CopyableId,
  Facts,
  formatDuration,
  Instant,
  LinkButton,
  PageHeader,
  Panel,
  StatusBadge,
  Term,
  TextLink,
  type Fact,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { glossary } from "@tillstream/eventing/glossary";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { eventsHref } from "../events/filters.ts";
import { flowHref, orderHref, orderOfCheckout, sagaHref } from "../links/events.ts";
import { RunOrder } from "./run-order.tsx";
import { SagaActions } from "./saga-actions.tsx";
import { SagaMirror } from "./saga-mirror.tsx";
import { runStatus, runWord, type SagaRun } from "./saga-state.ts";
import { SagaSteps } from "./saga-steps.tsx";

const crumbs = <Breadcrumbs items={[{ label: "Sagas", href: "/sagas" }, { label: "Saga" }]} />;

/** @param orderNumber of the order whose checkout it is */
export function SagaView({ sagaId, orderNumber }: { sagaId: string; orderNumber: string | undefined }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.sagas.byId.queryOptions({ sagaId }, useLiveQuery()));
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the saga" />;
    return (
      <>
        <PageHeader title="Saga" breadcrumbs={crumbs} />
        <QueryFailed query={query} what="this saga" list={{ href: "/sagas", label: "All sagas" }} />
      </>
    );
  }
  const run = query.data;
  const orderId = orderOfCheckout(run.sagaId);
  return (
    <>
      <PageHeader
        title={orderNumber === undefined ? `Saga ${run.name}` : `Checkout of order ${orderNumber}`}
        breadcrumbs={crumbs}
        beside={<StatusBadge status={runStatus[run.status]}>{runWord[run.status]}</StatusBadge>}
        description={<CopyableId id={run.sagaId} what="saga id" full />}
        actions={
          <>
            {orderId !== undefined && (
              <LinkButton size="sm" href={orderHref(orderId)}>
                Order
              </LinkButton>
            )}
            <LinkButton size="sm" href={flowHref(run.correlationId)}>
              Flow
            </LinkButton>
          </>
        }
      />
      <Outcome run={run} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Steps and compensations">
          <SagaMirror steps={run.steps} />
        </Panel>
        <div className="min-w-0 space-y-4">
          <SagaActions run={run} />
          {orderId !== undefined && <RunOrder orderId={orderId} />}
          <Panel title="What happened, in order">
            <SagaSteps steps={run.steps} />
          </Panel>
          <Panel title="Details">
            <Facts items={factsOf(run)} />
          </Panel>
        </div>
      </div>
    </>
  );
}

/** In words what became of the run, when that is not simply "completed". */
function Outcome({ run }: { run: SagaRun }) {
  const [fork] = run.forks;
  if (fork !== undefined)
    return (
      <Banner tone="parked" className="mb-4" title="This run was forked">
        It goes on as <TextLink href={sagaHref(fork)}>{fork}</TextLink>.
      </Banner>
    );
  const cause = run.failure && (
    <>
      In {run.failure.step}: {run.failure.message} <span className="font-mono text-sm">({run.failure.code})</span>
    </>
  );
  if (run.status === "compensation_failed") {
    return (
      <Banner tone="failed" className="mb-4" title="A compensation failed after all its retries">
        What it should have undone may still be in effect. {cause}
      </Banner>
    );
  }
  if (run.status === "compensated")
    return (
      <Banner tone="compensated" className="mb-4" title="Everything that was done is undone">
        {cause}
      </Banner>
    );
  if (run.status === "compensating")
    return (
      <Banner tone="waiting" className="mb-4" title="Undoing what was done, in reverse order">
        {cause}
      </Banner>
    );
  return null;
}

function factsOf(run: SagaRun): Fact[] {
  const tookMs = run.finishedAt === null ? undefined : Date.parse(run.finishedAt) - Date.parse(run.createdAt);
  return [
    { term: "Subject", value: <CopyableId id={run.subject} what="subject" /> },
    {
      term: <Term meaning={glossary.correlation}>Correlation</Term>,
      value: (
        <CopyableId
          id={run.correlationId}
          what="correlation id"
          href={eventsHref({ correlation: run.correlationId })}
        />
      ),
    },
    ...(run.forkedFrom === null
      ? []
      : [
          {
            term: <Term meaning={glossary.fork}>Forked from</Term>,
            value: <TextLink href={sagaHref(run.forkedFrom)}>{run.forkedFrom}</TextLink>,
          },
        ]),
    { term: "Began", value: <Instant at={run.createdAt} format="precise" /> },
    { term: "Finished", value: run.finishedAt === null ? "not yet" : <Instant at={run.finishedAt} format="precise" /> },
    { term: "Took", value: tookMs === undefined ? "still running" : formatDuration(tookMs) },
  ];
}
