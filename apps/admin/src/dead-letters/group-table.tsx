"use client";
/** Kinds of failure as rows, the latest first or by a column: how many dead letters each has, since when, and a retry of all or some of them. */
import { Button, Instant, Link, Sparkline, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import { useState, type ReactNode } from "react";
import { useWhyNotOperate } from "../console/person.ts";
import { useColumnSort } from "../console/use-column-sort.ts";
import { useRowLinks } from "../console/use-row-links.ts";
import { groupColumns } from "./group-columns.ts";
import { deadLettersHref } from "../links/dead-letters.ts";
import { firstLine, heldUp, type DeadLetterGroup } from "./dead-letter-state.ts";
import { RetryDialog } from "./retry-dialog.tsx";

const numeric: ReadonlySet<string> = new Set(["Parked", "Retrying", "Waiting"]);

const sortKeys = {
  Consumer: ({ consumer }: DeadLetterGroup) => consumer,
  Error: ({ error }: DeadLetterGroup) => error,
  "Holds up": ({ streams }: DeadLetterGroup) => Object.values(streams).reduce((sum, count) => sum + count, 0),
  Parked: ({ parked }: DeadLetterGroup) => parked,
  Retrying: ({ retrying }: DeadLetterGroup) => retrying,
  Waiting: ({ waiting }: DeadLetterGroup) => waiting,
  First: ({ firstFailedAt }: DeadLetterGroup) => Date.parse(firstFailedAt),
  Last: ({ lastFailedAt }: DeadLetterGroup) => Date.parse(lastFailedAt),
};
const isSortable = (column: string): column is keyof typeof sortKeys => column in sortKeys;

export function GroupTable({ groups, children }: { groups: readonly DeadLetterGroup[]; children?: ReactNode }) {
  const [asking, setAsking] = useState<DeadLetterGroup>();
  const [isOpen, setIsOpen] = useState(false);
  const { rows, head } = useColumnSort(groups, sortKeys);
  const { chosen, rowRef } = useRowLinks(rows.map(groupHref));
  const ask = (group: DeadLetterGroup) => {
    setAsking(group);
    setIsOpen(true);
  };
  return (
    <>
      <Table label="Failures by consumer and kind">
        <THead>
          <Tr>
            {groupColumns.map((column) => (
              <Th
                key={column}
                numeric={numeric.has(column)}
                sort={isSortable(column) ? head(column) : undefined}
                className={column === "Error" ? "w-full" : undefined}
              >
                {column}
              </Th>
            ))}
          </Tr>
        </THead>
        <TBody>
          {rows.map((group) => (
            <GroupRow
              key={groupHref(group)}
              group={group}
              chosen={chosen === groupHref(group)}
              rowRef={rowRef(groupHref(group))}
              onRetry={() => ask(group)}
            />
          ))}
          {children}
        </TBody>
      </Table>
      {asking !== undefined && (
        <RetryDialog
          key={groupHref(asking)}
          group={groups.find((each) => groupHref(each) === groupHref(asking)) ?? { ...asking, parked: 0 }}
          open={isOpen}
          onOpenChange={setIsOpen}
        />
      )}
    </>
  );
}

/** The dead letters of a group; names it, too. */
const groupHref = ({ consumer, fingerprint }: DeadLetterGroup) => deadLettersHref({ consumer, fingerprint });

interface GroupRowProps {
  group: DeadLetterGroup;
  chosen: boolean;
  rowRef(row: HTMLElement | null): void;
  onRetry(): void;
}

function GroupRow({ group, chosen, rowRef, onRetry }: GroupRowProps) {
  const { consumer, error, parked, retrying, waiting, trend, firstFailedAt, lastFailedAt } = group;
  const whyNot =
    useWhyNotOperate() ?? (parked === 0 ? "Nothing is parked; the others are retried by themselves." : undefined);
  const inLastHour = trend.reduce((sum, count) => sum + count, 0);
  return (
    <Tr ref={rowRef} selected={chosen}>
      <Td mono>{consumer}</Td>
      <Td wide className="max-w-0 min-w-48" title={error.slice(0, 500)}>
        <Link
          href={groupHref(group)}
          className="block truncate leading-6 underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {firstLine(error) || "No text"}
        </Link>
      </Td>
      <Td label="Holds up">{heldUp(group)}</Td>
      <Td numeric label="Parked" className={parked > 0 ? "font-semibold text-failed" : undefined}>
        {parked.toLocaleString("en-US")}
      </Td>
      <Td numeric label="Retrying">
        {retrying.toLocaleString("en-US")}
      </Td>
      <Td numeric label="Waiting">
        {waiting.toLocaleString("en-US")}
      </Td>
      <Td label="New, last hour">
        <Sparkline
          values={trend}
          label={`New failures in the last hour: ${inLastHour}, at most ${Math.max(0, ...trend)} in five minutes`}
          className="h-6 w-20"
        />
      </Td>
      <Td label="First">
        <Instant at={firstFailedAt} format="relative" />
      </Td>
      <Td label="Last">
        <Instant at={lastFailedAt} format="relative" />
      </Td>
      <Td wide>
        <Button
          size="sm"
          disabled={whyNot !== undefined}
          title={whyNot}
          aria-label={`Retry ${consumer}: ${firstLine(error)}`}
          onClick={onRetry}
        >
          <RotateCcw size={14} aria-hidden="true" />
          Retry
        </Button>
      </Td>
    </Tr>
  );
}
