"use client";
/** What an operator can do about a run. Each action asks for a reason, and shows a refusal where it was asked. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button, Panel } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { ForkRun } from "./fork-run.tsx";
import { SagaTrace } from "./saga-trace.tsx";
import type { SagaRun } from "./saga-state.ts";

/** What needs no more than a reason. */
type SagaActionName = Exclude<SagaRun["actions"][number]["action"], "fork">;
type RunStatus = SagaRun["status"];

interface Offer {
  readonly label: string;
  readonly title: string;
  readonly touches: string;
  readonly reasonLabel: string;
  readonly danger: boolean;
  /** The states of a run in which it makes sense; the server decides. */
  readonly offeredIn: readonly RunStatus[];
}

const offers: Readonly<Record<SagaActionName, Offer>> = {
  retryStep: {
    label: "Retry step",
    title: "Retry the step at which this run halted?",
    touches: "1 step gets all its attempts again, at once. The run goes on from there by itself.",
    reasonLabel: "Reason",
    danger: false,
    offeredIn: ["running", "compensating", "compensation_failed", "failed"],
  },
  compensate: {
    label: "Compensate",
    title: "Undo what this run has done?",
    touches: "Every step that completed, or may have, is undone in reverse order. This cannot be taken back.",
    reasonLabel: "Why it must be undone",
    danger: true,
    offeredIn: ["running"],
  },
  resolve: {
    label: "Mark resolved",
    title: "Mark this run as resolved?",
    touches: "Nothing more is tried or undone: it has been settled outside. This cannot be undone.",
    reasonLabel: "How it was settled",
    danger: true,
    offeredIn: ["compensation_failed", "failed"],
  },
};

const actionNames = Object.keys(offers) as SagaActionName[]; // the keys of the record above

interface Operation {
  readonly action: SagaActionName;
  readonly reason: string;
  readonly seenActions: number;
}

export function SagaActions({ run }: { run: SagaRun }) {
  const trpc = useTRPC();
  const { sagas } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState<SagaActionName>();
  const { sagaId, status } = run;
  const change = useCommand({
    name: "sagas.operate",
    subject: sagaId,
    send: async ({ action, ...input }: Operation, call) => {
      await sagas[action].mutate({ sagaId, ...input }, call);
    },
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.sagas.pathKey() });
      setAsking(undefined);
    },
    onRefused: ({ reason }) =>
      reason === "ACTED_MEANWHILE" && queryClient.invalidateQueries({ queryKey: trpc.sagas.pathKey() }),
  });
  const sent = change.pending ?? change.kept;
  /** What the dialog is about; it fades out with the words that it had. */
  const [shown, setShown] = useState<SagaActionName>("retryStep");
  if (asking !== undefined && asking !== shown) setShown(asking);
  const offer = offers[shown];
  const isOffered = (action: SagaActionName) => offers[action].offeredIn.includes(status);
  const fork = status === "compensated" && run.forkableFrom?.whyNot ? null : run.forkableFrom;
  const isOver = fork === null && !actionNames.some(isOffered);
  return (
    <Panel title="Operator actions">
      <div className="flex flex-wrap gap-2 empty:hidden">
        {actionNames.filter(isOffered).map((action) => (
          <Button
            key={action}
            size="sm"
            variant={offers[action].danger ? "danger" : undefined}
            disabled={whyNot !== undefined}
            title={whyNot}
            onClick={() => setAsking(action)}
          >
            {offers[action].label}
          </Button>
        ))}
        {fork !== null && <ForkRun run={run} from={fork} />}
      </div>
      {(whyNot !== undefined || isOver) && (
        <p className="mt-2 text-sm text-muted">{isOver ? "The run has ended: there is nothing left to do." : whyNot}</p>
      )}
      <div className="mt-3 empty:hidden">
        <CommandDialog
          command={change}
          what={sent === undefined ? "it" : `"${offers[sent.action].label}"`}
          typed={sent?.reason}
          open={asking !== undefined}
          onOpenChange={(open) => !open && setAsking(undefined)}
          title={offer.title}
          confirmLabel={offer.label}
          danger={offer.danger}
          reasonLabel={offer.reasonLabel}
          onConfirm={(reason) => asking && void change.run({ action: asking, reason, seenActions: run.actions.length })}
        >
          <p>{offer.touches}</p>
        </CommandDialog>
      </div>
      <SagaTrace actions={run.actions} />
    </Panel>
  );
}
