"use client";
/** Rows that the relay could not publish: why, when it tries again, and what waits behind each. */
import {
  CopyableId,
  Instant,
  Link,
  SkeletonRows,
  Table,
  TableMessage,
  TBody,
  Td,
  Term,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { glossary } from "@tillstream/eventing/glossary";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { eventHref, streamHref } from "../links/events.ts";

type Row = Outputs["outbox"]["setAside"][number];

const COLUMNS = 7;

/** `count` is of all; the list has the oldest of them. */
export function Quarantined({ count }: { count: number | undefined }) {
  const query = useQuery(useTRPC().outbox.setAside.queryOptions(undefined, useLiveQuery()));
  const rows = query.data ?? [];
  const { chosen, rowRef } = useRowLinks(rows.map((row) => eventHref(row.eventId)));
  return (
    <section className="min-w-0">
      <h2 className="heading mb-2 text-lg">
        <Term meaning={glossary.quarantined}>Quarantined</Term>
      </h2>
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what="the quarantined rows" />
      ) : (
        <Table label="Quarantined outbox rows, the oldest first">
          <THead>
            <Tr>
              <Th>Event</Th>
              <Th>Stream</Th>
              <Th numeric>Attempts</Th>
              <Th className="w-full">Error</Th>
              <Th numeric>Waiting behind</Th>
              <Th>Written</Th>
              <Th>Next attempt</Th>
            </Tr>
          </THead>
          <TBody>
            {query.isPending && <SkeletonRows rows={2} columns={COLUMNS} />}
            {query.data?.length === 0 && (
              <TableMessage columns={COLUMNS}>0 rows. The relay has published everything it tried to.</TableMessage>
            )}
            {rows.map((row) => (
              <QuarantinedLine
                key={row.id}
                row={row}
                chosen={chosen === eventHref(row.eventId)}
                rowRef={rowRef(eventHref(row.eventId))}
              />
            ))}
          </TBody>
        </Table>
      )}
      {count !== undefined && rows.length < count && rows.length > 0 && (
        <p className="mt-2 text-sm text-muted">
          The oldest {rows.length} of {count.toLocaleString("en-US")}.
        </p>
      )}
    </section>
  );
}

interface QuarantinedLineProps {
  row: Row;
  chosen: boolean;
  rowRef(row: HTMLElement | null): void;
}

function QuarantinedLine({ row, chosen, rowRef }: QuarantinedLineProps) {
  const { eventId, eventType, streamId, attempts, error, waitingBehind, writtenAt, nextAttemptAt } = row;
  return (
    <Tr ref={rowRef} selected={chosen}>
      <Td>
        <Link href={eventHref(eventId)} title={eventId} className="font-medium hover:underline">
          {eventType}
        </Link>
      </Td>
      <Td label="Stream">
        <CopyableId id={streamId} what="stream id" href={streamHref(streamId)} head={10} tail={6} />
      </Td>
      <Td numeric label="Attempts">
        {attempts}
      </Td>
      <Td wide className="max-w-0 min-w-64 truncate text-failed" title={error}>
        {error}
      </Td>
      <Td numeric label="Waiting behind">
        {waitingBehind}
      </Td>
      <Td label="Written">
        <Instant at={writtenAt} format="precise" />
      </Td>
      <Td label="Next attempt">
        <Instant at={nextAttemptAt} format="time" />
      </Td>
    </Tr>
  );
}
