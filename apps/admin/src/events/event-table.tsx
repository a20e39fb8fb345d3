"use client";
/** The history's rows. Each opens in place, by its button, a click anywhere on it, or Enter. */
import { Badge, cn, CopyableId, Instant, Link, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import ChevronRight from "lucide-react/icons/chevron-right";
import { Fragment, useState, type MouseEvent, type ReactNode } from "react";
import type { Outputs } from "../console/trpc.ts";
import { useRowKeys } from "../console/use-row-keys.ts";
import { eventColumns } from "./event-columns.ts";
import { EventInPlace } from "./event-in-place.tsx";
import { eventsHref } from "./filters.ts";
import { eventHref, streamHref } from "./links.ts";

export type HistoryEntry = Outputs["events"]["list"]["items"][number];

interface EventTableProps {
  entries: readonly HistoryEntry[];
  label: string;
  /** In place of rows, such as "nothing yet". */
  children?: ReactNode;
}

export function EventTable({ entries, label, children }: EventTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (eventId: string) =>
    setOpen(
      (before) => new Set(before.has(eventId) ? [...before].filter((id) => id !== eventId) : [...before, eventId]),
    );
  const { chosen, rowRef } = useRowKeys(
    entries.map((entry) => entry.eventId),
    toggle,
  );
  return (
    <Table label={label}>
      <THead>
        <Tr>
          <Th>
            <span className="pl-[18px]">Position</span>
          </Th>
          {eventColumns.slice(1).map((column) => (
            <Th key={column}>{column}</Th>
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
  const { position, recordedAt, type, schemaVersion, streamId, metadata, eventId } = entry;
  const onRow = (event: MouseEvent) => {
    const onControl = (event.target as Element).closest("a, button") !== null; // a click's target is an element
    if (!onControl && getSelection()?.isCollapsed !== false) onToggle();
  };
  return (
    <Tr ref={rowRef} selected={chosen} onClick={onRow} className="cursor-pointer">
      <Td mono>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Event ${position}, ${type}`}
          onClick={onToggle}
          className="inline-flex min-h-6 items-center gap-1 rounded-sm"
        >
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={cn("text-muted transition-transform", open && "rotate-90")}
          />
          {position}
        </button>
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
      <Td>
        <CopyableId id={streamId} what="stream id" href={streamHref(streamId)} head={14} tail={6} />
      </Td>
      <Td mono>
        <Link
          href={eventsHref({ actor: metadata.actor })}
          title={`Only events of ${metadata.actor}`}
          className="inline-block max-w-44 truncate align-middle hover:underline"
        >
          {metadata.actor}
        </Link>
      </Td>
      <Td>
        <CopyableId
          id={metadata.correlationId}
          what="correlation id"
          href={eventsHref({ correlation: metadata.correlationId })}
        />
      </Td>
    </Tr>
  );
}
