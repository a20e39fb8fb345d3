"use client";
/** Asks for a run and says how it went. A worker carries it out, so the answer is watched for. */
import { Banner, Button } from "@tillstream/ui";
import { useCommand } from "@tillstream/trpc/commands";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import RefreshCw from "lucide-react/icons/refresh-cw";
import { useEffect, useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient, type Outputs } from "../console/trpc.ts";

const WATCH_MS = 500;

type Run = NonNullable<Outputs["payments"]["run"]>;

export function useRunNow() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { payments } = useTRPCClient();
  const [asking, setAsking] = useState(false);
  const request = useCommand({
    name: "payments.reconcile",
    send: (input: { reason: string }, call) => payments.reconcile.mutate(input, call),
    onDone: () => setAsking(false),
  });
  const runId = request.result?.runId;
  const run = useQuery(
    trpc.payments.run.queryOptions(
      { runId: runId ?? "" },
      { enabled: runId !== undefined, refetchInterval: ({ state }) => (state.data?.finishedAt ? false : WATCH_MS) },
    ),
  ).data;
  const finishedAt = run?.finishedAt ?? null;
  useEffect(() => {
    if (finishedAt === null) return;
    void queryClient.invalidateQueries({ queryKey: trpc.payments.findings.queryKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.payments.status.queryKey() });
  }, [finishedAt, queryClient, trpc]);
  const isRunning = request.state === "sending" || (runId !== undefined && finishedAt === null);
  return { isRunning, run: run ?? undefined, request, asking, setAsking };
}

type RunNow = ReturnType<typeof useRunNow>;

export function RunNowButton({ runNow }: { runNow: RunNow }) {
  const whyNot = useWhyNotOperate();
  return (
    <Button
      size="sm"
      disabled={whyNot !== undefined}
      title={whyNot}
      loading={runNow.isRunning}
      onClick={() => runNow.setAsking(true)}
    >
      <RefreshCw size={14} aria-hidden="true" />
      Run now
    </Button>
  );
}

/** Says what the run that was asked for is doing, or found. */
export function RunNowResult({ runNow: { run, isRunning, request, asking, setAsking } }: { runNow: RunNow }) {
  return (
    <div role="status" className="empty:hidden">
      <CommandDialog
        command={request}
        what="the request for a run"
        typed={(request.pending ?? request.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title="Compare the whole of the gateway's books with the orders?"
        confirmLabel="Run now"
        danger={false}
        reasonLabel="Reason"
        onConfirm={(reason) => void request.run({ reason })}
      >
        <p>
          A worker settles what it can: it gives back what was charged for nothing. What it cannot waits here for a
          person.
        </p>
      </CommandDialog>
      {isRunning && run !== undefined && run.startedAt === null && (
        <Banner tone="waiting" className="mb-3">
          Waiting for a worker to take it up.
        </Banner>
      )}
      {run?.finishedAt && <Result run={run} />}
    </div>
  );
}

function Result({ run: { captures, found, repaired, error } }: { run: Run }) {
  if (error !== null) {
    return (
      <Banner tone="failed" className="mb-3">
        The run could not be finished: {error}. The next one goes on.
      </Banner>
    );
  }
  const looked = `Looked at ${captures} ${captures === 1 ? "capture" : "captures"}`;
  const differences = `${found} ${found === 1 ? "difference" : "differences"}, ${repaired} of them repaired`;
  return (
    <Banner tone={found === 0 ? "done" : "waiting"} className="mb-3">
      {looked}: {found === 0 ? "0 differences" : differences}.
    </Banner>
  );
}
