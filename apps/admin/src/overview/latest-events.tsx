"use client";
/** The newest events. They flow while the pointer is elsewhere; under the pointer or the focus the list does not move. */
import {
  EmptyState,
  Instant,
  Link,
  NewRows,
  Panel,
  SkeletonRows,
  Table,
  TableMessage,
  TBody,
  Td,
  TextLink,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { eventHref, streamHref } from "../links/events.ts";
import { LATEST_EVENTS } from "./sizes.ts";

type Entry = Outputs["events"]["list"]["items"][number];

export function LatestEvents() {
  const query = useQuery(useTRPC().events.list.queryOptions({ limit: LATEST_EVENTS }, useLiveQuery()));
  const [held, setHeld] = useState<readonly Entry[] | undefined>(undefined);
  const items = query.data?.items ?? [];
  const shown = held ?? items;
  const waiting = items.filter((entry) => entry.position > (shown[0]?.position ?? 0)).length;
  const hold = () => setHeld((before) => before ?? items);
  const release = () => setHeld(undefined);
  return (
    <Panel
      title="Latest events"
      flush
      actions={
        <>
          {held !== undefined && <NewRows count={waiting} onShow={() => setHeld(items)} />}
          <TextLink href="/events" className="text-sm">
            All events
          </TextLink>
        </>
      }
    >
      <div className="px-4 pb-4" onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
        {query.data === undefined && query.isError ? (
          <QueryFailed query={query} what="the latest events" />
        ) : (
          <Table label="Latest events">
            <THead>
              <Tr>
                <Th numeric>Position</Th>
                <Th>Type</Th>
                <Th className="w-full max-sm:hidden">Stream</Th>
                <Th>Time</Th>
              </Tr>
            </THead>
            <TBody>
              {query.isPending && <SkeletonRows rows={LATEST_EVENTS} columns={4} />}
              {query.isSuccess && shown.length === 0 && (
                <TableMessage columns={4}>
                  <EmptyState title="No events yet" level={3}>
                    The first one appears here when a customer places an order.
                  </EmptyState>
                </TableMessage>
              )}
              {shown.map((entry) => (
                <Tr key={entry.eventId} fresh>
                  <Td numeric mono className="text-right">
                    {entry.position}
                  </Td>
                  <Td>
                    <Link
                      href={eventHref(entry.eventId)}
                      className="inline-flex min-h-6 items-center font-medium hover:underline"
                    >
                      {entry.type}
                    </Link>
                  </Td>
                  <Td className="max-w-0 min-w-28 truncate max-sm:hidden">
                    <Link
                      href={streamHref(entry.streamId)}
                      title={entry.streamId}
                      className="font-mono text-sm text-ink-soft hover:underline"
                    >
                      {entry.streamId}
                    </Link>
                  </Td>
                  <Td className="max-sm:ml-auto">
                    <Instant at={entry.recordedAt} format="relative" />
                  </Td>
                </Tr>
              ))}
            </TBody>
          </Table>
        )}
      </div>
    </Panel>
  );
}
