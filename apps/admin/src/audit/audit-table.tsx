"use client";
/** What people did. Each row opens in place to what it changed, by its button, a click anywhere on it, or Enter. */
import { CopyableId, Facts, Instant, JsonView, Link, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import { Fragment, type ReactNode } from "react";
import { onRowClick, RowToggle, useOpenRows } from "../console/open-rows.tsx";
import type { SortHead } from "../console/time-order.ts";
import type { Outputs } from "../console/trpc.ts";
import { changedPaths } from "../events/changed-paths.ts";
import { auditColumns } from "./audit-columns.ts";
import { auditHref, type AuditFilters } from "./filters.ts";
import { subjectHref } from "./subject-href.ts";

type AuditRow = Outputs["audit"]["list"]["items"][number];

interface AuditTableProps {
  readonly rows: readonly AuditRow[];
  /** The order in words. */
  readonly words: string;
  readonly sort: SortHead;
  /** In place of rows, such as "nothing yet". */
  readonly children?: ReactNode;
}

export function AuditTable({ rows, words, sort, children }: AuditTableProps) {
  const { open, toggle, chosen, rowRef } = useOpenRows(rows.map(({ id }) => id));
  return (
    <Table label={`What people changed, ${words}`}>
      <THead>
        <Tr>
          <Th>
            <span className="pl-[18px]">Action</span>
          </Th>
          {auditColumns.slice(1).map((column) => (
            <Th
              key={column}
              sort={column === "When" ? sort : undefined}
              className={column === "Why" ? "w-full" : undefined}
            >
              {column}
            </Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Fragment key={row.id}>
            <Row
              row={row}
              open={open.has(row.id)}
              chosen={chosen === row.id}
              onToggle={() => toggle(row.id)}
              rowRef={rowRef(row.id)}
            />
            {open.has(row.id) && (
              <tr>
                <td colSpan={auditColumns.length} className="max-w-0 border-b border-line bg-sunken/60 p-3">
                  <div className="sticky left-3 max-w-[calc(100vw-3.1rem)] whitespace-normal">
                    <Change row={row} />
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

interface RowProps {
  row: AuditRow;
  open: boolean;
  chosen: boolean;
  onToggle(): void;
  rowRef(row: HTMLElement | null): void;
}

function Row({ row, open, chosen, onToggle, rowRef }: RowProps) {
  const { at, actor, actorName, action, subject, reason } = row;
  const who = actorName ?? actor;
  return (
    <Tr ref={rowRef} selected={chosen} onClick={onRowClick(onToggle)} className="cursor-pointer">
      <Td mono>
        <RowToggle open={open} label={`${action} of ${nameOfSubject(row) ?? subject} by ${who}`} onToggle={onToggle}>
          {action}
        </RowToggle>
      </Td>
      <Td>
        <Instant at={at} format="precise" className="max-sm:hidden" />
        <Instant at={at} format="time" className="sm:hidden" />
      </Td>
      <Td label="Who">
        <Link
          href={auditHref({ actor })}
          title={`Only what ${who} did`}
          className="inline-block max-w-44 truncate align-middle hover:underline"
        >
          {who}
        </Link>
      </Td>
      <Td label="What">
        <CopyableId
          id={subject}
          name={nameOfSubject(row)}
          what="subject"
          href={subjectHref(action, subject)}
          head={18}
          tail={6}
        />
      </Td>
      <Td wide label="Why" className="max-w-0 min-w-48 truncate" title={reason}>
        {reason}
      </Td>
    </Tr>
  );
}

function Change({ row }: { row: AuditRow }) {
  const { actor, actorName, action, subject, reason, before, after, correlationId } = row;
  return (
    <div className="space-y-3">
      <Facts
        items={[
          { term: "Why", value: <span className="break-words">{reason}</span> },
          { term: "Action", value: <Only filters={{ action }} name={action} /> },
          {
            term: "What",
            value: <Only filters={{ subject }} name={nameOfSubject(row)} id={subject} />,
          },
          { term: "Who", value: <Only filters={{ actor }} name={actorName ?? undefined} id={actor} /> },
          { term: "Correlation id", value: <CopyableId id={correlationId} what="correlation id" /> },
        ]}
      />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <JsonView value={before} label="Before" openDepth={3} />
        <JsonView value={after} label="After" openDepth={3} highlight={changedPaths(before, after)} />
      </div>
    </div>
  );
}

/** A person goes by name alone. */
function nameOfSubject({ action, subject, subjectName: name }: AuditRow): string | undefined {
  if (name === null) return undefined;
  return action.startsWith("customers.") || subject.startsWith("user:") ? name : `order ${name}`;
}

interface OnlyProps {
  filters: Partial<AuditFilters>;
  /** As people call it. */
  name: string | undefined;
  id?: string;
}

/** The way to everything else that has this in common with the row; the id on hover. */
function Only({ filters, name, id }: OnlyProps) {
  const shown = name ?? id;
  return (
    <Link
      href={auditHref(filters)}
      title={id === undefined || id === shown ? `Only ${shown}` : `Only ${shown}: ${id}`}
      className="inline-flex min-h-6 items-center font-mono text-sm break-words underline underline-offset-3"
    >
      {shown}
    </Link>
  );
}
