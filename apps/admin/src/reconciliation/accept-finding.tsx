"use client";
/** Taking a difference as it is, with the reason. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

export function AcceptFinding({ findingId }: { findingId: string }) {
  const trpc = useTRPC();
  const { payments } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const accept = useCommand({
    name: "payments.accept",
    subject: findingId,
    send: (input: { findingId: string; reason: string }, call) => payments.accept.mutate(input, call),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.payments.findings.queryKey() });
      await queryClient.invalidateQueries({ queryKey: trpc.payments.status.queryKey() });
      setAsking(false);
    },
  });
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
        Accept
      </Button>
      <CommandDialog
        command={accept}
        what="the acceptance"
        typed={(accept.pending ?? accept.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title="Take this difference as it is?"
        confirmLabel="Accept"
        danger={false}
        reasonLabel="Why it is right"
        onConfirm={(reason) => void accept.run({ findingId, reason })}
      >
        <p>
          Nothing is paid, given back or changed at the gateway. Its order goes on, and the difference counts as over
          until it is about another amount.
        </p>
      </CommandDialog>
    </>
  );
}
