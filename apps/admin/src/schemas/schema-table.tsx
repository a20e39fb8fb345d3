"use client";
/** Every version of every type as a row, which opens in place. */
import { Badge, Instant, Link, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr } from "@tillstream/ui";
import { Fragment, type ReactNode } from "react";
import { glossary } from "@tillstream/eventing/glossary";
import { RowToggle } from "../console/open-rows.tsx";
import { useColumnSort } from "../console/use-column-sort.ts";
import { useRowKeys } from "../console/use-row-keys.ts";
import { eventsHref } from "../events/filters.ts";
import { SchemaInPlace } from "./schema-in-place.tsx";
import { rowKey, shareText, type EventType, type TypeShares, type VersionRow } from "./shares.ts";

export const schemaColumns = 8;

interface TypeVersion {
  readonly type: string;
  /** The version that is written. */
  readonly isLatest: boolean;
  readonly row: VersionRow;
}

const sortKeys = {
  type: ({ type }: TypeVersion) => type,
  events: ({ row }: TypeVersion) => row.count,
  lastDay: ({ row }: TypeVersion) => row.countLastDay,
  lastSeen: ({ row }: TypeVersion) => (row.lastSeen === null ? 0 : Date.parse(row.lastSeen)),
};

interface SchemaTableProps {
  types: readonly TypeShares[];
  schemas: readonly EventType[];
  /** The row that is open, by `rowKey`; empty for none. */
  open: string;
  onToggle(key: string): void;
  /** In place of rows. */
  children?: ReactNode;
}

export function SchemaTable({ types, schemas, open, onToggle, children }: SchemaTableProps) {
  const all = types.flatMap(({ type, latestVersion, versions }) =>
    versions.map((row): TypeVersion => ({ type, isLatest: row.schemaVersion === latestVersion, row })),
  );
  const { rows, head } = useColumnSort(all, sortKeys);
  const keys = rows.map(({ type, row }) => rowKey(type, row.schemaVersion));
  const { chosen, rowRef } = useRowKeys(keys, onToggle);
  return (
    <Table label="Versions of event types">
      <THead>
        <Tr>
          <Th sort={head("type")}>
            <span className="pl-7">Type</span>
          </Th>
          <Th>
            <Term meaning={glossary.schemaVersion}>Version</Term>
          </Th>
          <Th numeric sort={head("events")}>
            Events
          </Th>
          <Th numeric>Share</Th>
          <Th numeric sort={head("lastDay")}>
            Last 24 h
          </Th>
          <Th numeric>Share, 24 h</Th>
          <Th sort={head("lastSeen")}>Last seen</Th>
          <Th className="w-full min-w-56">
            <Term meaning={glossary.safeToDrop}>Safe to drop?</Term>
          </Th>
        </Tr>
      </THead>
      <TBody>
        {rows.map(({ type, isLatest, row }) => {
          const key = rowKey(type, row.schemaVersion);
          return (
            <Fragment key={key}>
              <SchemaRow
                type={type}
                row={row}
                latest={isLatest}
                open={open === key}
                chosen={chosen === key}
                rowRef={rowRef(key)}
                onToggle={() => onToggle(key)}
              />
              {open === key && (
                <tr>
                  <td colSpan={schemaColumns} className="max-w-0 border-b border-line bg-sunken/60 p-3">
                    <div className="sticky left-3 max-w-[calc(100vw-3.1rem)]">
                      <SchemaInPlace type={schemas.find((one) => one.type === type)} row={row} />
                    </div>
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
        {children}
      </TBody>
    </Table>
  );
}

interface SchemaRowProps {
  type: string;
  row: VersionRow;
  /** The version that is written. */
  latest: boolean;
  open: boolean;
  /** By the keyboard. */
  chosen: boolean;
  rowRef(row: HTMLElement | null): void;
  onToggle(): void;
}

function SchemaRow({ type, row, latest, open, chosen, rowRef, onToggle }: SchemaRowProps) {
  const { schemaVersion, count, share, countLastDay, shareLastDay, lastSeen } = row;
  return (
    <Tr ref={rowRef} selected={open || chosen}>
      <Td>
        <span className="inline-flex min-h-6 items-center gap-1">
          <RowToggle open={open} label={`Schema of ${type}, version ${schemaVersion}`} onToggle={onToggle} />
          <Link href={eventsHref({ type })} className="font-medium hover:underline">
            {type}
          </Link>
        </span>
      </Td>
      <Td>
        <Badge mono>v{schemaVersion}</Badge>
      </Td>
      <Td numeric label="Events">
        {count.toLocaleString("en")}
      </Td>
      <Td numeric label="Share">
        {shareText(share)}
      </Td>
      <Td numeric label="Last 24 h">
        {countLastDay.toLocaleString("en")}
      </Td>
      <Td numeric label="Share, 24 h">
        {shareText(shareLastDay)}
      </Td>
      <Td label="Last seen" className="text-muted">
        {lastSeen === null ? "never" : <Instant at={lastSeen} format="precise" />}
      </Td>
      <Td truncate wide label="Safe to drop?" title={row.drop?.reason}>
        <DropCell row={row} latest={latest} />
      </Td>
    </Tr>
  );
}

/** The whole reason is in the open row; here it is cut where the column ends. */
function DropCell({ row: { drop }, latest }: { row: VersionRow; latest: boolean }) {
  if (drop === null) return <StatusBadge status="failed">not known here</StatusBadge>;
  if (latest) return <span className="text-muted">{drop.reason}</span>;
  return (
    <>
      <StatusBadge status={drop.safe ? "done" : "waiting"} quiet className="mr-2">
        {drop.safe ? "Yes" : "No"}
      </StatusBadge>
      <span className="text-muted">{drop.reason}</span>
    </>
  );
}
