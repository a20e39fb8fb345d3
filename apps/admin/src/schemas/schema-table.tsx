"use client";
/** Every version of every type as a row, which opens in place. */
import { Badge, cn, Instant, Link, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr } from "@tillstream/ui";
import ChevronRight from "lucide-react/icons/chevron-right";
import { Fragment, type ReactNode } from "react";
import { meaningOf } from "../console/definitions.ts";
import { eventsHref } from "../events/filters.ts";
import { SchemaInPlace } from "./schema-in-place.tsx";
import { rowKey, shareText, type EventType, type TypeShares, type VersionRow } from "./shares.ts";

export const schemaColumns = 8;

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
  return (
    <Table label="Versions of event types">
      <THead>
        <Tr>
          <Th>
            <span className="pl-[18px]">Type</span>
          </Th>
          <Th>
            <Term meaning={meaningOf.schemaVersion}>Version</Term>
          </Th>
          <Th numeric>Events</Th>
          <Th numeric>Share</Th>
          <Th numeric>Last 24 h</Th>
          <Th numeric>Share, 24 h</Th>
          <Th>Last seen</Th>
          <Th className="w-full min-w-56">
            <Term meaning={meaningOf.safeToDrop}>Safe to drop?</Term>
          </Th>
        </Tr>
      </THead>
      <TBody>
        {types.flatMap(({ type, latestVersion, versions }) =>
          versions.map((row) => {
            const key = rowKey(type, row.schemaVersion);
            return (
              <Fragment key={key}>
                <SchemaRow
                  type={type}
                  row={row}
                  latest={row.schemaVersion === latestVersion}
                  open={open === key}
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
          }),
        )}
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
  onToggle(): void;
}

function SchemaRow({ type, row, latest, open, onToggle }: SchemaRowProps) {
  const { schemaVersion, count, share, countLastDay, shareLastDay, lastSeen } = row;
  return (
    <Tr selected={open}>
      <Td>
        <span className="inline-flex min-h-6 items-center gap-1">
          <button
            type="button"
            aria-expanded={open}
            aria-label={`Schema of ${type}, version ${schemaVersion}`}
            onClick={onToggle}
            className="inline-flex size-6 items-center justify-center rounded-sm"
          >
            <ChevronRight
              size={14}
              aria-hidden="true"
              className={cn("text-muted transition-transform", open && "rotate-90")}
            />
          </button>
          <Link href={eventsHref({ type })} className="font-medium hover:underline">
            {type}
          </Link>
        </span>
      </Td>
      <Td>
        <Badge mono>v{schemaVersion}</Badge>
      </Td>
      <Td numeric>{count.toLocaleString("en")}</Td>
      <Td numeric>{shareText(share)}</Td>
      <Td numeric>{countLastDay.toLocaleString("en")}</Td>
      <Td numeric>{shareText(shareLastDay)}</Td>
      <Td className="text-muted">{lastSeen === null ? "never" : <Instant at={lastSeen} format="precise" />}</Td>
      <Td truncate title={row.drop?.reason}>
        <DropCell row={row} latest={latest} />
      </Td>
    </Tr>
  );
}

/** The whole reason stands in the open row; here it is cut where the column ends. */
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
