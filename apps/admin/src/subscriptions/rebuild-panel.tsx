"use client";
/** The rebuild of a projection: the one that runs, live, or what became of the last one; and the way to another. */
import {
  Banner,
  Button,
  Facts,
  formatDuration,
  Instant,
  Panel,
  StatusBadge,
  type Fact,
  type Status,
} from "@tillstream/ui";
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Actor } from "../console/actor.tsx";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import {
  rateText,
  rebuildLeftSeconds,
  secondsText,
  type Rebuild,
  type Subscription,
} from "../console/subscription-state.ts";
import { useRebuilds } from "./use-subscriptions.ts";

const count = (events: number) => events.toLocaleString("en-US");

export function RebuildPanel({ subscription }: { subscription: Subscription }) {
  const { name, position } = subscription;
  const trpc = useTRPC();
  const { projections } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const rebuilds = useRebuilds();
  const start = useCommand({
    name: "projections.rebuild",
    subject: name,
    send: (input: { name: string; reason: string }, call) => projections.rebuild.mutate(input, call),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.projections.rebuilds.queryKey() });
      setAsking(false);
    },
  });
  const rebuild = rebuilds.data?.find(({ projection }) => projection === name);
  const running = rebuild?.status === "running";
  return (
    <Panel
      title="Rebuild"
      actions={
        <Button
          size="sm"
          disabled={whyNot !== undefined || running || rebuilds.data === undefined}
          aria-describedby={whyNot === undefined ? undefined : "why-not-rebuild"}
          onClick={() => setAsking(true)}
        >
          Rebuild
        </Button>
      }
    >
      {whyNot !== undefined && (
        <p id="why-not-rebuild" className="mb-2 text-sm text-muted">
          {whyNot}
        </p>
      )}
      {rebuilds.data === undefined && rebuilds.isError ? (
        <QueryFailed query={rebuilds} what="the rebuilds" />
      ) : rebuild === undefined ? (
        <p className="text-muted">{rebuilds.isPending ? "Loading" : "Never rebuilt."}</p>
      ) : running ? (
        <Progress rebuild={rebuild} />
      ) : (
        <Outcome rebuild={rebuild} />
      )}
      <CommandDialog
        command={start}
        what="the request for a rebuild"
        open={asking}
        onOpenChange={setAsking}
        title={
          <>
            Rebuild <span className="font-mono">{name}</span>?
          </>
        }
        confirmLabel="Rebuild"
        danger={false}
        typed={(start.pending ?? start.kept)?.reason}
        reasonLabel="Reason"
        onConfirm={(reason) => void start.run({ name, reason })}
      >
        <p>
          It reads {count(position)} events from the beginning into a copy. The live one keeps serving meanwhile; then
          the rows that differ are put in their places, piece by piece.
        </p>
      </CommandDialog>
    </Panel>
  );
}

function Progress({ rebuild }: { rebuild: Rebuild }) {
  const { projection, share, position, startedAgainst, eventsPerSecond, merging } = rebuild;
  const left = rebuildLeftSeconds(rebuild);
  const percent = Math.floor(share * 100);
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <span className="figures text-2xl font-semibold tracking-tight">{percent} %</span>
        <span role="status">
          <StatusBadge status="running">{merging ? "merging" : "rebuilding"}</StatusBadge>
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={`Rebuild of ${projection}`}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="my-2 h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        <div style={{ width: `${share * 100}%` }} className="h-full bg-running transition-[width]" />
      </div>
      <Facts
        items={[
          { term: "Position", value: <Figures>{`${count(position)} of ${count(startedAgainst)}`}</Figures> },
          { term: "Rate", value: <Figures>{`${rateText(eventsPerSecond)} events/s`}</Figures> },
          { term: "Time left", value: <Figures>{left === null ? "not known yet" : secondsText(left)}</Figures> },
          ...origin(rebuild),
        ]}
      />
    </>
  );
}

const outcomes: Record<Rebuild["status"], { readonly status: Status; readonly text: string }> = {
  running: { status: "running", text: "rebuilding" },
  swapped: { status: "done", text: "rebuilt, and in place" },
  failed: { status: "failed", text: "failed" },
};

function Outcome({ rebuild }: { rebuild: Rebuild }) {
  const { status, error, position, startedAt, finishedAt, eventsPerSecond } = rebuild;
  const tookMs = finishedAt === null ? undefined : Date.parse(finishedAt) - Date.parse(startedAt);
  return (
    <>
      <p role="status" className="mb-2">
        <StatusBadge status={outcomes[status].status}>{outcomes[status].text}</StatusBadge>
      </p>
      {error !== null && (
        <Banner tone="failed" className="mb-2" title="The live one goes on">
          <span className="font-mono text-sm break-words">{error}</span>
        </Banner>
      )}
      <Facts
        items={[
          {
            term: "Read",
            value: <Figures>{`${count(position)} events, ${rateText(eventsPerSecond)} a second`}</Figures>,
          },
          ...(tookMs === undefined ? [] : [{ term: "Took", value: <Figures>{formatDuration(tookMs)}</Figures> }]),
          ...origin(rebuild),
        ]}
      />
    </>
  );
}

function origin({ actor, actorName, startedAt }: Rebuild): Fact[] {
  return [
    { term: "Began", value: <Instant at={startedAt} format="precise" /> },
    { term: "Asked for by", value: <Actor actor={actor} name={actorName} /> },
  ];
}

function Figures({ children }: { children: string }) {
  return <span className="figures">{children}</span>;
}
