"use client";
/** The stored rows beside those that the events make: whether they agree, or which part, since which event; and one stream mended. */
import { Button, Link, Panel, SkeletonText, StatusBadge } from "@tillstream/ui";
import { BY_POST } from "@tillstream/trpc/client";
import { useCommand } from "@tillstream/trpc/commands";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient, type Outputs } from "../console/trpc.ts";
import { eventHref } from "../links/events.ts";
import { RowPair, rowName } from "./row-pair.tsx";
import { ScopeForm, useScope, type Scope, type ScopeKind } from "./scope-form.tsx";

const kinds: readonly ScopeKind[] = [
  { value: "stream", label: "Stream", example: "order-… or account-…" },
  { value: "row", label: "Row", example: "an order's or account's id, or a day: the first column of the key" },
  { value: "all", label: "All rows" },
];

type Comparison = Outputs["projections"]["compare"];

function inputOf(name: string, { kind, text }: Scope) {
  if (kind === "all") return { name, all: true } as const;
  return kind === "row" ? { name, key: text } : { name, streamId: text };
}

export function ComparePanel({ name }: { name: string }) {
  const { scope, isAsked, ask } = useScope("compare", kinds);
  const compared = useQuery(
    useTRPC().projections.compare.queryOptions(inputOf(name, scope), {
      enabled: isAsked && (scope.kind === "all" || scope.text !== ""),
      retry: false,
      trpc: { context: BY_POST },
    }),
  );
  const { data } = compared;
  return (
    <Panel
      title="Compare with the events"
      aria-label="Compare with the events"
      description="The stored rows beside those that the events make, as of one position. Nothing is written."
    >
      <ScopeForm
        kinds={kinds}
        scope={scope}
        action="Compare"
        busy={compared.isFetching}
        error={compared.isError ? failureOf(compared.error).message : undefined}
        onAsk={(next) => {
          if (isAsked && next.kind === scope.kind && next.text === scope.text) void compared.refetch();
          ask(next);
        }}
      />
      <div role="status" className="mt-3 empty:hidden">
        {isAsked && compared.isLoading && <SkeletonText lines={2} />}
        {isAsked && data !== undefined && <Verdict comparison={data} />}
      </div>
      {isAsked && data !== undefined && (
        <>
          {scope.kind === "stream" && !data.shared && (
            <RebuildStream
              name={name}
              streamId={scope.text}
              parted={data.parted}
              onDone={() => void compared.refetch()}
            />
          )}
          {data.rows.map((row) => (
            <Parted key={rowName(row)} row={row} />
          ))}
        </>
      )}
    </Panel>
  );
}

const rowCount = (count: number) => (count === 1 ? "1 row" : `${count.toLocaleString("en-US")} rows`);

function Verdict({ comparison: { agrees, asOf, compared, parted, rows, shared } }: { comparison: Comparison }) {
  return (
    <>
      <p>
        <StatusBadge status={agrees ? "done" : "failed"}>{agrees ? "agrees" : "parts"}</StatusBadge>{" "}
        {agrees
          ? `${rowCount(compared)}, as of position ${asOf}.`
          : `${rowCount(parted)} not stored as the events have them, as of position ${asOf}.`}
      </p>
      <p className="mt-1 text-sm text-muted">
        Later events, and events that wait as dead letters, are left out on both sides.
        {shared && " Other streams change these rows too; all of their events are in."}
        {rows.length < parted && ` The first ${rows.length} are shown.`}
      </p>
    </>
  );
}

function Parted({ row }: { row: Comparison["rows"][number] }) {
  return (
    <div className="mt-4 space-y-2 border-t border-line pt-3">
      <RowPair
        of={row}
        left={{ title: "Stored", row: row.stored, none: "no row" }}
        right={{ title: "By the events", row: row.stepped, none: "no event makes this row" }}
        changes={row.changes}
      />
      {row.parts.length > 0 && (
        <ul aria-label="Since which event" className="space-y-0.5 text-sm">
          {row.parts.map(({ column, eventId, type, version }) => (
            <li key={column}>
              <span className="font-mono">{column === "" ? "the row" : column}</span> parts since{" "}
              <Link href={eventHref(eventId)} className="inline-flex min-h-6 items-center underline underline-offset-3">
                {type}, version {version}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface RebuildStreamProps {
  name: string;
  streamId: string;
  /** How many rows part. */
  parted: number;
  onDone(): void;
}

function RebuildStream({ name, streamId, parted, onDone }: RebuildStreamProps) {
  const { projections } = useTRPCClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const rebuild = useCommand({
    name: "projections.rebuildStream",
    subject: `${name} of ${streamId}`,
    send: (input: { name: string; streamId: string; reason: string }, call) =>
      projections.rebuildStream.mutate(input, call),
    onDone: async () => {
      setAsking(false);
      onDone();
    },
  });
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3">
      <Button
        size="sm"
        disabled={whyNot !== undefined}
        aria-describedby={whyNot === undefined ? undefined : "why-not-rebuild-stream"}
        onClick={() => setAsking(true)}
      >
        Rebuild this stream
      </Button>
      {whyNot !== undefined && (
        <p id="why-not-rebuild-stream" className="text-sm text-muted">
          {whyNot}
        </p>
      )}
      <CommandDialog
        command={rebuild}
        what="the rebuild of the stream"
        open={asking}
        onOpenChange={setAsking}
        title={<>Rebuild the rows of this stream?</>}
        confirmLabel="Rebuild"
        danger={false}
        typed={(rebuild.pending ?? rebuild.kept)?.reason}
        reasonLabel="Reason"
        onConfirm={(reason) => void rebuild.run({ name, streamId, reason })}
      >
        <p>
          The rows that the events of <span className="font-mono break-all">{streamId}</span> make take the place of
          those that are stored in <span className="font-mono">{name}</span>: {rowCount(parted)} will change. The live
          projection waits for that moment; rows of other streams stay as they are.
        </p>
      </CommandDialog>
    </div>
  );
}
