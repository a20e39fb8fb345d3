"use client";
/** What to do about an incident, and a button for what the console can do: with what it would do, before it is done. */
import { Button, LinkButton, Panel } from "@tillstream/ui";
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { getUntypedClient } from "@trpc/client";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPCClient } from "../console/trpc.ts";
import type { Incident } from "./incident.ts";

export function NextStep({ incident }: { incident: Incident }) {
  const { says, path, link, step } = incident.action;
  const [isDone, setDone] = useState(false);
  if (incident.until !== null) return null;
  return (
    <Panel title="What to do">
      <p className="text-lg">{says}</p>
      <div className="mt-3 flex flex-wrap items-start gap-2">
        {step !== null && (
          <SafeStep key={step.procedure} incident={incident} step={step} onDone={() => setDone(true)} />
        )}
        <LinkButton href={path}>{link}</LinkButton>
      </div>
      {isDone && (
        <p role="status" className="mt-3 text-done">
          Done. What comes of it shows here within seconds; {link} shows it one by one.
        </p>
      )}
    </Panel>
  );
}

type Step = NonNullable<Incident["action"]["step"]>;

interface SafeStepProps {
  incident: Incident;
  step: Step;
  /** It may be gone then. */
  onDone(): void;
}

function SafeStep({ incident: { id, what }, step, onDone }: SafeStepProps) {
  const { procedure, input, label, dryRun } = step;
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const command = useCommand({
    name: procedure,
    subject: `incident ${id}`,
    // Its name and input came from the server, where one is the other's.
    send: (sent: Record<string, unknown>, call) => getUntypedClient(client).mutation(procedure, sent, call),
    onDone: async () => {
      onDone();
      setAsking(false);
      await queryClient.invalidateQueries();
    },
  });
  const typed = (command.pending ?? command.kept)?.["reason"];
  return (
    <>
      <Button variant="primary" disabled={whyNot !== undefined} title={whyNot} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <p className="w-full text-sm text-muted">It {dryRun}.</p>
      <CommandDialog
        command={command}
        what="the step"
        typed={typeof typed === "string" ? typed : undefined}
        open={asking}
        onOpenChange={setAsking}
        title={`${label}?`}
        confirmLabel={label}
        danger={false}
        reasonLabel="Reason"
        onConfirm={(reason) => void command.run({ ...input, reason })}
      >
        <p>
          {what}. It {dryRun}.
        </p>
      </CommandDialog>
    </>
  );
}
