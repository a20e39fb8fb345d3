"use client";
/** The latest retries that operators asked for: how far each is, what came of it, and a way to stop it. */
import { Button, Instant, StatusBadge, Table, TBody, Td, Th, THead, Tr, type Status } from "@tillstream/ui";
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import Square from "lucide-react/icons/square";
import { useState } from "react";
import { Actor } from "../console/actor.tsx";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import type { DeadLetterRetry } from "./dead-letter-state.ts";
import { useRetries } from "./use-retries.ts";

const statusOf = { running: "running", completed: "done", stopped: "parked" } as const satisfies Record<
  DeadLetterRetry["status"],
  Status
>;

export function RetryList() {
  const query = useRetries();
  const retries = query.data ?? [];
  if (query.data === undefined && query.isError) {
    return (
      <div className="mt-5">
        <QueryFailed query={query} what="the retries" />
      </div>
    );
  }
  if (retries.length === 0) return null;
  return (
    <section className="mt-5 min-w-0">
      <h2 className="heading mb-2 text-lg">Retries that operators asked for</h2>
      <Latest retry={retries[0]} />
      <Table label="Retries, newest first">
        <THead>
          <Tr>
            <Th>Asked for</Th>
            <Th>Status</Th>
            <Th>
              <span className="sr-only">Stop</span>
            </Th>
            <Th numeric>Delivered</Th>
            <Th numeric>Failed</Th>
            <Th numeric>Not tried</Th>
            <Th numeric>To go</Th>
            <Th numeric>A second</Th>
            <Th>By</Th>
            <Th className="w-full">Reason</Th>
          </Tr>
        </THead>
        <TBody>
          {retries.map((retry) => (
            <RetryRow key={retry.id} retry={retry} />
          ))}
        </TBody>
      </Table>
    </section>
  );
}

/** The newest retry in words, read out as it goes on. */
function Latest({ retry }: { retry: DeadLetterRetry | undefined }) {
  if (retry === undefined) return null;
  const { status, delivered, failed, notTried, pending } = retry;
  const all = delivered + failed + notTried + pending;
  return (
    <div className="mb-2">
      <p role="status" className="text-sm text-ink-soft">
        Latest retry: {status === "running" ? `${all - pending} of ${all} done` : status}. {delivered} delivered,{" "}
        {failed} failed, {notTried} not tried.
      </p>
      {status === "running" && (
        <progress value={all - pending} max={all} aria-label="Latest retry" className="h-2 w-full max-w-96" />
      )}
    </div>
  );
}

function RetryRow({ retry }: { retry: DeadLetterRetry }) {
  return (
    <Tr>
      <Td>
        <Instant at={retry.createdAt} format="precise" />
      </Td>
      <Td>
        <StatusBadge status={statusOf[retry.status]} quiet>
          {retry.status}
        </StatusBadge>
      </Td>
      <Td>{retry.status === "running" && <Stop retryId={retry.id} />}</Td>
      <Td numeric label="Delivered">
        {retry.delivered}
      </Td>
      <Td numeric label="Failed" className={retry.failed > 0 ? "font-semibold text-failed" : undefined}>
        {retry.failed}
      </Td>
      <Td numeric label="Not tried">
        {retry.notTried}
      </Td>
      <Td numeric label="To go">
        {retry.pending}
      </Td>
      <Td numeric label="A second">
        {retry.perSecond}
      </Td>
      <Td label="By" className="max-w-40 truncate">
        <Actor actor={retry.actor} name={retry.actorName} />
      </Td>
      <Td wide label="Reason" className="max-w-0 min-w-48 truncate" title={retry.reason}>
        {retry.reason}
      </Td>
    </Tr>
  );
}

function Stop({ retryId }: { retryId: string }) {
  const trpc = useTRPC();
  const { deadLetters } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const look = () => queryClient.invalidateQueries({ queryKey: trpc.deadLetters.pathKey() });
  const stop = useCommand({
    name: "deadLetters.stopRetry",
    subject: retryId,
    send: (input: { retryId: string; reason: string }, call) => deadLetters.stopRetry.mutate(input, call),
    onDone: () => {
      setAsking(false);
      void look();
    },
    onRefused: () => void look(),
  });
  return (
    <>
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => setAsking(true)}>
        <Square size={12} aria-hidden="true" />
        Stop
      </Button>
      <CommandDialog
        command={stop}
        what="the stop"
        typed={(stop.pending ?? stop.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title="Stop this retry?"
        confirmLabel="Stop it"
        danger={false}
        reasonLabel="Reason"
        onConfirm={(reason) => void stop.run({ retryId, reason })}
      >
        <p>Dead letters not yet retried are parked again. Those that were delivered stay delivered.</p>
      </CommandDialog>
    </>
  );
}
