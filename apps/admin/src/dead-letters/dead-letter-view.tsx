"use client";
/** One dead letter: what failed, what it was given, what waits behind it, and what operators did about it. */
import {
  Banner,
  Breadcrumbs,
  CopyableId,
  CopyButton,
  Facts,
  Instant,
  LinkButton,
  PageHeader,
  Panel,
  StatusBadge,
  TextLink,
  type Fact,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { eventHref, orderHref, orderOfStream, streamHref } from "../links/events.ts";
import { DeadLetterActions } from "./dead-letter-actions.tsx";
import { deadLettersHref } from "../links/dead-letters.ts";
import { DeadLetterPayload } from "./dead-letter-payload.tsx";
import { deadLetterStatus, meaningOfStatus } from "./dead-letter-state.ts";
import { DeadLetterTrace } from "./dead-letter-trace.tsx";
import { WaitingBehind } from "./waiting-behind.tsx";
import type { DeadLetterDetail } from "./dead-letter-detail.ts";

/** The consumer that asks the carrier. */
const SHIPPING = "shipping";

export function DeadLetterView({ id }: { id: string }) {
  const query = useQuery(useTRPC().deadLetters.byId.queryOptions({ id }, useLiveQuery()));
  const crumbs = <Breadcrumbs items={[{ label: "Dead letters", href: "/dead-letters" }, { label: id }]} />;
  if (query.data === undefined) {
    if (!query.isError) return <DetailSkeleton what="the dead letter" panels={4} />;
    return (
      <>
        <PageHeader title="Dead letter" breadcrumbs={crumbs} />
        <QueryFailed
          query={query}
          what="this dead letter"
          list={{ href: deadLettersHref(), label: "All open dead letters" }}
        />
      </>
    );
  }
  const letter = query.data;
  const orderId = orderOfStream(letter.streamId);
  return (
    <>
      <PageHeader
        title={
          <>
            {letter.eventType} for <span className="font-mono">{letter.consumer}</span>
          </>
        }
        breadcrumbs={crumbs}
        beside={<StatusBadge status={deadLetterStatus[letter.status]}>{letter.status}</StatusBadge>}
        description={`${meaningOfStatus[letter.status]}.`}
        actions={
          <>
            <LinkButton size="sm" href={eventHref(letter.eventId)}>
              Event
            </LinkButton>
            <LinkButton size="sm" href={streamHref(letter.streamId)}>
              Stream
            </LinkButton>
            {orderId !== undefined && (
              <LinkButton size="sm" href={orderHref(orderId)}>
                Order
              </LinkButton>
            )}
          </>
        }
      />
      {orderId !== undefined && letter.consumer === SHIPPING && letter.status === "parked" && (
        <Banner tone="waiting" className="mb-4" title="The carrier made no label for this order">
          If no carrier reaches its address, <TextLink href={orderHref(orderId)}>correct it at the order</TextLink>:
          this dead letter is then retried.
        </Banner>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 space-y-4">
          <ErrorText error={letter.error} />
          <DeadLetterPayload letter={letter} />
          <WaitingBehind letter={letter} />
        </div>
        <div className="min-w-0 space-y-4">
          <DeadLetterActions letter={letter} />
          <Panel title="Details">
            <Facts items={factsOf(letter)} />
          </Panel>
          <DeadLetterTrace actions={letter.actions} />
        </div>
      </div>
    </>
  );
}

function ErrorText({ error }: { error: string }) {
  return (
    <Panel title="Error, as it was thrown" actions={<CopyButton text={error} what="error text" />}>
      <pre
        tabIndex={0}
        role="region"
        aria-label="Error text"
        className="max-h-80 overflow-auto rounded-md border border-line bg-sunken/60 p-3 font-mono text-sm break-words whitespace-pre-wrap"
      >
        {error || "No text."}
      </pre>
    </Panel>
  );
}

function factsOf(letter: DeadLetterDetail): Fact[] {
  const { consumer, fingerprint, eventId, streamId, attempts, nextAttemptAt, finishedAt } = letter;
  return [
    { term: "Attempts", value: attempts },
    {
      term: "Next attempt",
      value: nextAttemptAt === null ? "none planned" : <Instant at={nextAttemptAt} format="precise" />,
    },
    { term: "First failed", value: <Instant at={letter.firstFailedAt} format="precise" /> },
    { term: "Last failed", value: <Instant at={letter.lastFailedAt} format="precise" /> },
    ...(finishedAt === null ? [] : [{ term: "Over", value: <Instant at={finishedAt} format="precise" /> }]),
    {
      term: "Event",
      value: <CopyableId id={eventId} what="event id" href={eventHref(eventId)} head={14} tail={8} />,
    },
    {
      term: "Stream",
      value: <CopyableId id={streamId} what="stream id" href={streamHref(streamId)} head={14} tail={8} />,
    },
    {
      term: "Kind",
      value: (
        <CopyableId
          id={fingerprint}
          what="fingerprint"
          href={deadLettersHref({ consumer, fingerprint, status: "all" })}
          head={8}
          tail={4}
        />
      ),
    },
  ];
}
