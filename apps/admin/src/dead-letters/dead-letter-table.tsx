"use client";
/** Dead letters as rows; each opens to its whole error text. */
import {
  CopyableId,
  CopyButton,
  Instant,
  Link,
  LinkButton,
  StatusBadge,
  Table,
  TBody,
  Td,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { Fragment, type ReactNode } from "react";
import type { SortHead } from "../console/time-order.ts";
import { onRowClick, RowToggle, useOpenRows } from "../console/open-rows.tsx";
import { eventHref, streamHref } from "../links/events.ts";
import { deadLetterHref } from "../links/dead-letters.ts";
import { firstLine, deadLetterStatus, meaningOfStatus, type DeadLetter } from "./dead-letter-state.ts";

export const deadLetterColumns = 7;

interface DeadLetterTableProps {
  readonly letters: readonly DeadLetter[];
  /** The order in words. */
  readonly words: string;
  readonly sort: SortHead;
  readonly children?: ReactNode;
}

export function DeadLetterTable({ letters, words, sort, children }: DeadLetterTableProps) {
  const { open, toggle, chosen, rowRef } = useOpenRows(letters.map((letter) => letter.id));
  return (
    <Table label={`Dead letters, ${words}`}>
      <THead>
        <Tr>
          <Th>
            <span className="pl-[18px]">Consumer</span>
          </Th>
          <Th>Status</Th>
          <Th className="w-full">Error</Th>
          <Th>Event</Th>
          <Th numeric>Attempts</Th>
          <Th sort={sort}>First failed</Th>
          <Th>Last failed</Th>
        </Tr>
      </THead>
      <TBody>
        {letters.map((letter) => (
          <Fragment key={letter.id}>
            <DeadLetterRow
              letter={letter}
              open={open.has(letter.id)}
              chosen={chosen === letter.id}
              rowRef={rowRef(letter.id)}
              onToggle={() => toggle(letter.id)}
            />
            {open.has(letter.id) && <DeadLetterInPlace letter={letter} />}
          </Fragment>
        ))}
        {children}
      </TBody>
    </Table>
  );
}

interface DeadLetterRowProps {
  letter: DeadLetter;
  open: boolean;
  chosen: boolean;
  rowRef(row: HTMLElement | null): void;
  onToggle(): void;
}

function DeadLetterRow({ letter, open, chosen, rowRef, onToggle }: DeadLetterRowProps) {
  return (
    <Tr ref={rowRef} selected={chosen} onClick={onRowClick(onToggle)} className="cursor-pointer">
      <Td mono>
        <RowToggle open={open} label={`Error of ${letter.consumer} on ${letter.eventId}`} onToggle={onToggle}>
          {letter.consumer}
        </RowToggle>
      </Td>
      <Td>
        <StatusBadge status={deadLetterStatus[letter.status]} quiet title={meaningOfStatus[letter.status]}>
          {letter.status}
        </StatusBadge>
      </Td>
      <Td wide className="max-w-0 min-w-48" title={letter.error.slice(0, 500)}>
        <Link
          href={deadLetterHref(letter.id)}
          className="block truncate leading-6 underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {firstLine(letter.error) || meaningOfStatus[letter.status]}
        </Link>
      </Td>
      <Td label="Event">
        <CopyableId id={letter.eventId} what="event id" href={eventHref(letter.eventId)} head={10} tail={8} />
      </Td>
      <Td numeric label="Attempts">
        {letter.attempts}
      </Td>
      <Td label="First failed">
        <Instant at={letter.firstFailedAt} format="relative" />
      </Td>
      <Td label="Last failed">
        <Instant at={letter.lastFailedAt} format="relative" />
      </Td>
    </Tr>
  );
}

function DeadLetterInPlace({ letter }: { letter: DeadLetter }) {
  return (
    <tr>
      <td colSpan={deadLetterColumns} className="max-w-0 border-b border-line bg-sunken/60 p-3">
        <div className="sticky left-3 max-w-[calc(100vw-3.1rem)] space-y-2 whitespace-normal">
          <div className="flex items-center justify-between gap-2">
            <span className="text-sm font-medium text-ink-soft">Error, as it was thrown</span>
            <CopyButton text={letter.error} what="error text" labelled />
          </div>
          <pre
            tabIndex={0}
            aria-label="Error text"
            className="max-h-80 overflow-auto rounded-md border border-line bg-surface p-3 font-mono text-sm whitespace-pre-wrap"
          >
            {letter.error || "No text."}
          </pre>
          <div className="flex flex-wrap gap-2">
            <LinkButton size="sm" href={deadLetterHref(letter.id)}>
              Open dead letter
            </LinkButton>
            <LinkButton size="sm" variant="ghost" href={eventHref(letter.eventId)}>
              Open event
            </LinkButton>
            <LinkButton size="sm" variant="ghost" href={streamHref(letter.streamId)}>
              Open stream
            </LinkButton>
          </div>
        </div>
      </td>
    </tr>
  );
}
