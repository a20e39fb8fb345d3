"use client";
/** The history's rows. Each opens in place, by its button, a click anywhere on it, or Enter. */
import { Badge, CopyableId, Instant, Link, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import { Fragment, type ReactNode } from "react";
import { onRowClick, RowToggle, useOpenRows } from "../console/open-rows.tsx";
import type { SortHead } from "../console/time-order.ts";
import type { Outputs } from "../console/trpc.ts";
import { eventColumns } from "./event-columns.ts";
import { EventInPlace } from "./event-in-place.tsx";
import { eventsHref } from "./filters.ts";
import { eventHref, streamHref } from "../links/events.ts";

export type HistoryEntry = Outputs["events"]["list"]["items"][number];

interface EventTableProps {
  entries: readonly HistoryEntry[];
  label: string;
  sort: SortHead;
  /** In place of rows, such as "nothing yet". */
  children?: ReactNode;
}

export function EventTable({ entries, label, sort, children }: EventTableProps) {
  const { open, toggle, chosen, rowRef } = useOpenRows(entries.map((entry) => entry.eventId));
  return (
    <Table label={label}>
      <THead>
        <Tr>
          <Th>
            <span className="pl-[18px]">Position</span>
          </Th>
          {eventColumns.slice(1).map((column) => (
            <Th key={column} sort={column === "Time" ? sort : undefined}>
              {column}
            </Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        {entries.map((entry) => (
          <Fragment key={entry.eventId}>
            <EventRow
              entry={entry}
              open={open.has(entry.eventId)}
              chosen={chosen === entry.eventId}
              onToggle={() => toggle(entry.eventId)}
              rowRef={rowRef(entry.eventId)}
            />
            {open.has(entry.eventId) && (
              <tr>
                <td colSpan={eventColumns.length} className="max-w-0 border-b border-line bg-sunken/60 p-3">
                  <div className="sticky left-3 max-w-[calc(100vw-3.1rem)]">
                    <EventInPlace eventId={entry.eventId} />
                  </div>
                </td>
              </tr>
            )}
          </Fragment>
        ))}
        {children}
      </TBody>
    </Table>
  );
}

interface EventRowProps {
  entry: HistoryEntry;
  open: boolean;
  chosen: boolean;
  onToggle(): void;
  rowRef(row: HTMLElement | null): void;
}

function EventRow({ entry, open, chosen, onToggle, rowRef }: EventRowProps) {
  const { position, recordedAt, type, schemaVersion, streamId, metadata, actorName, eventId } = entry;
  return (
    <Tr ref={rowRef} selected={chosen} onClick={onRowClick(onToggle)} className="cursor-pointer">
      <Td mono>
        <RowToggle open={open} label={`Event ${position}, ${type}`} onToggle={onToggle}>
          {position}
        </RowToggle>
      </Td>
      <Td>
        <Instant at={recordedAt} format="precise" className="max-sm:hidden" />
        <Instant at={recordedAt} format="time" className="sm:hidden" />
      </Td>
      <Td>
        <Link href={eventHref(eventId)} className="font-medium hover:underline">
          {type}
        </Link>
      </Td>
      <Td>
        <Badge mono title={`Stored as version ${schemaVersion} of this type's schema`}>
          v{schemaVersion}
        </Badge>
      </Td>
      <Td label="Stream">
        <CopyableId id={streamId} what="stream id" href={streamHref(streamId)} head={14} tail={6} />
      </Td>
      <Td mono={actorName === null} label="Actor">
        <Link
          href={eventsHref({ actor: metadata.actor })}
          title={`Only events of ${metadata.actor}`}
          className="inline-block max-w-44 truncate align-middle hover:underline"
        >
          {actorName ?? metadata.actor}
        </Link>
      </Td>
      <Td label="Correlation">
        <CopyableId
          id={metadata.correlationId}
          what="correlation id"
          href={eventsHref({ correlation: metadata.correlationId })}
        />
      </Td>
    </Tr>
  );
}
