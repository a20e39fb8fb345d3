"use client";
/** Taking a difference as it is, with the reason. */
import { Button, ConfirmDialog } from "@tillstream/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

export function AcceptFinding({ findingId }: { findingId: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const accept = useMutation({
    mutationFn: (reason: string) => client.payments.accept.mutate({ findingId, reason }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.payments.findings.queryKey() });
      await queryClient.invalidateQueries({ queryKey: trpc.payments.status.queryKey() });
      setAsking(false);
    },
  });
  function ask(): void {
    accept.reset();
    setAsking(true);
  }
  return (
    <>
      <Button size="sm" onClick={ask} disabled={whyNot !== undefined} title={whyNot}>
        Accept
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Take this difference as it is?"
        confirmLabel="Accept"
        danger={false}
        reasonLabel="Why it is right"
        pending={accept.isPending}
        refusal={accept.error === null ? undefined : failureOf(accept.error).message}
        onConfirm={(reason) => accept.mutate(reason)}
      >
        <p>
          Nothing is paid, given back or changed at the gateway. Its order goes on, and the difference counts as over
          until it is about another amount.
        </p>
      </ConfirmDialog>
    </>
  );
}
