"use client";
/** Goes on with a run as a new one, under new keys; its input may be corrected. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button, Field, Textarea } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { parseCopy } from "../dead-letters/parse-copy.ts";
import { sagaHref } from "../links/events.ts";
import type { SagaRun } from "./saga-state.ts";

interface ForkRunProps {
  readonly run: SagaRun;
  readonly from: NonNullable<SagaRun["forkableFrom"]>;
}

interface Fork {
  readonly fromStep: string;
  /** Left out where it is the run's own. */
  readonly input: Record<string, unknown> | undefined;
  readonly reason: string;
  readonly seenActions: number;
}

export function ForkRun({ run, from }: ForkRunProps) {
  const { sagaId } = run;
  const trpc = useTRPC();
  const { sagas } = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const whyNot = useWhyNotOperate() ?? from.whyNot ?? undefined;
  const own = JSON.stringify(run.input, null, 2);
  const [text, setText] = useState(own);
  const input = parseCopy(text, "The input of a run");
  const ask = () => {
    setText(own);
    setOpen(true);
  };
  const lookAgain = () => queryClient.invalidateQueries({ queryKey: trpc.sagas.pathKey() });
  const fork = useCommand({
    name: "sagas.fork",
    subject: sagaId,
    send: (sent: Fork, call) => sagas.fork.mutate({ sagaId, ...sent }, call),
    onDone: async (forked) => {
      await lookAgain();
      router.push(sagaHref(forked.sagaId));
    },
    onRefused: lookAgain,
  });
  const confirm = (reason: string) => {
    if (input.value === undefined) return;
    const given = text === own ? undefined : input.value;
    void fork.run({ fromStep: from.step, input: given, reason, seenActions: run.actions.length });
  };
  return (
    <>
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={ask}>
        Fork
      </Button>
      <CommandDialog
        command={fork}
        what="the fork"
        typed={(fork.pending ?? fork.kept)?.reason}
        open={open}
        onOpenChange={setOpen}
        title={`Go on from ${from.step} as a new run?`}
        confirmLabel="Fork"
        danger={false}
        reasonLabel="Reason"
        onConfirm={confirm}
      >
        <div className="space-y-3">
          <p>
            The steps before {from.step} are taken over as they are. From there on the new run does everything under
            keys of its own, for a provider that keeps its refusal for the old ones, or with other input. This run is
            not retried any more.
          </p>
          <Field label="Input" required error={input.problem}>
            <Textarea
              className="font-mono text-sm"
              rows={4}
              spellCheck={false}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </Field>
        </div>
      </CommandDialog>
    </>
  );
}
