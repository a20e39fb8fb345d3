"use client";
/** Ends a code at once, or lets an ended one go on, with the reason. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button, VisuallyHidden } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

interface EndDiscountProps {
  readonly code: string;
  readonly startsAt: string;
  readonly isOver: boolean;
}

interface EndInput {
  readonly endsAt: string | null;
  readonly reason: string;
}

export function EndDiscount({ code, startsAt, isOver }: EndDiscountProps) {
  const trpc = useTRPC();
  const { discounts } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const change = useCommand({
    name: "discounts.setEnd",
    subject: code,
    send: (input: EndInput, call) => discounts.setEnd.mutate({ code, ...input }, call),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.discounts.list.pathKey() });
      setAsking(false);
    },
  });
  const verb = isOver ? "Let go on" : "End";
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
        {verb}
        <VisuallyHidden> {code}</VisuallyHidden>
      </Button>
      <CommandDialog
        command={change}
        what="the change"
        typed={(change.pending ?? change.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title={isOver ? `Let ${code} go on?` : `End ${code} now?`}
        confirmLabel={isOver ? "Let the code go on" : "End the code"}
        danger={!isOver}
        reasonLabel="Reason"
        onConfirm={(reason) => {
          const now = new Date().toISOString();
          // One that has not started yet never does.
          void change.run({ endsAt: isOver ? null : now < startsAt ? startsAt : now, reason });
        }}
      >
        <p>
          {isOver
            ? "Customers can use it again, without an end. Its limits of uses stay."
            : "No further order can use it. Orders that have used it keep their price."}
        </p>
      </CommandDialog>
    </>
  );
}
