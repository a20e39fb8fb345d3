"use client";
/** Acknowledges an alert, with what one is about to do. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";
import { titleOf, type Alert } from "./alert-state.ts";

export function AcknowledgeAlert({ alert }: { alert: Pick<Alert, "id" | "title" | "subject"> }) {
  const trpc = useTRPC();
  const { alerts } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.alerts.list.queryKey() });
  const offerUndo = useUndo({
    name: "alerts.acknowledge",
    subject: String(alert.id),
    send: (reason: string, call) => alerts.giveBack.mutate({ id: alert.id, reason }, call),
    refresh,
  });
  const acknowledge = useCommand({
    name: "alerts.acknowledge",
    subject: String(alert.id),
    send: (input: { id: number; reason: string }, call) => alerts.acknowledge.mutate(input, call),
    onDone: async (_, { reason }) => {
      await refresh();
      setAsking(false);
      offerUndo(`Acknowledged “${titleOf(alert)}”.`, undoing(reason));
    },
  });
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
        Acknowledge
      </Button>
      <CommandDialog
        command={acknowledge}
        what="the acknowledgement"
        typed={(acknowledge.pending ?? acknowledge.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title={`Acknowledge “${titleOf(alert)}”?`}
        confirmLabel="Acknowledge"
        danger={false}
        reasonLabel="What you are about to do"
        onConfirm={(reason) => void acknowledge.run({ id: alert.id, reason })}
      >
        <p>Others see that it is acknowledged by you. It goes on firing until it is resolved, by itself.</p>
      </CommandDialog>
    </>
  );
}
