"use client";
/** What an operator can do about a run. Each asks for a reason; what was refused is said where it was asked. */
import { Button, ConfirmDialog, Panel } from "@tillstream/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { SagaTrace } from "./saga-trace.tsx";
import type { SagaRun } from "./saga-state.ts";

type SagaActionName = SagaRun["actions"][number]["action"];
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
    title: "Retry the step at which this run stands?",
    touches: "1 step gets all its attempts anew, at once. The run goes on from there by itself.",
    reasonLabel: "Why now",
    danger: false,
    offeredIn: ["running", "compensating", "compensation_failed", "failed"],
  },
  compensate: {
    label: "Compensate",
    title: "Undo what this run has done?",
    touches: "Every step that completed, or may have, is undone in reverse order. What is undone does not come back.",
    reasonLabel: "Why it must be undone",
    danger: true,
    offeredIn: ["running"],
  },
  resolve: {
    label: "Mark resolved",
    title: "Mark this run as resolved?",
    touches: "Nothing more is tried or undone: somebody has settled it outside. This cannot be undone.",
    reasonLabel: "How it was settled",
    danger: true,
    offeredIn: ["compensation_failed", "failed"],
  },
};

const actionNames = Object.keys(offers) as SagaActionName[]; // the keys of the record above

export function SagaActions({ run }: { run: SagaRun }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState<SagaActionName>();
  const { sagaId, status } = run;
  const change = useMutation({
    mutationFn: async ({ action, reason }: { action: SagaActionName; reason: string }) => {
      await client.sagas[action].mutate({ sagaId, reason });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.sagas.pathKey() });
      setAsking(undefined);
    },
  });
  const ask = (next: SagaActionName | undefined) => {
    change.reset();
    setAsking(next);
  };
  const isOffered = (action: SagaActionName) => offers[action].offeredIn.includes(status);
  const isOver = !actionNames.some(isOffered);
  return (
    <Panel title="What people can do, and did">
      <div className="flex flex-wrap gap-2 empty:hidden">
        {actionNames.filter(isOffered).map((action) => (
          <Button
            key={action}
            size="sm"
            variant={offers[action].danger ? "danger" : undefined}
            disabled={whyNot !== undefined}
            title={whyNot}
            onClick={() => ask(action)}
          >
            {offers[action].label}
          </Button>
        ))}
      </div>
      {(whyNot !== undefined || isOver) && (
        <p className="mt-2 text-sm text-muted">{isOver ? "The run is over: there is nothing left to do." : whyNot}</p>
      )}
      {actionNames.map((action) => (
        <ConfirmDialog
          key={action}
          open={asking === action}
          onOpenChange={(open) => ask(open ? action : undefined)}
          title={offers[action].title}
          confirmLabel={offers[action].label}
          danger={offers[action].danger}
          reasonLabel={offers[action].reasonLabel}
          pending={change.isPending}
          refusal={change.error === null ? undefined : failureOf(change.error).message}
          onConfirm={(reason) => change.mutate({ action, reason })}
        >
          <p>{offers[action].touches}</p>
        </ConfirmDialog>
      ))}
      <SagaTrace actions={run.actions} />
    </Panel>
  );
}
