"use client";
/** Ends a code at once, or lets an ended one go on, with the reason. */
import { useCommand } from "@tillstream/trpc/commands";
import type { CommandCall } from "@tillstream/trpc/commands";
import { Button, VisuallyHidden } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";

interface EndDiscountProps {
  readonly code: string;
  readonly startsAt: string;
  readonly isOver: boolean;
  /** As the page shows it: an end that somebody else set meanwhile stays. */
  readonly endsAt: string | null;
}

interface EndInput {
  readonly endsAt: string | null;
  readonly expectedEndsAt: string | null;
  readonly reason: string;
}

export function EndDiscount({ code, startsAt, endsAt, isOver }: EndDiscountProps) {
  const trpc = useTRPC();
  const { discounts } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.discounts.list.pathKey() });
  const setting = {
    name: "discounts.setEnd",
    subject: code,
    send: (input: EndInput, call: CommandCall) => discounts.setEnd.mutate({ code, ...input }, call),
  };
  const offerUndo = useUndo({ ...setting, refresh });
  const change = useCommand({
    ...setting,
    onDone: async (_, { endsAt: now, expectedEndsAt: before, reason }) => {
      await refresh();
      setAsking(false);
      const back = { endsAt: before, expectedEndsAt: now, reason: undoing(reason) };
      offerUndo(now === null ? `${code} goes on.` : `${code} has ended.`, back);
    },
    onRefused: refresh,
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
          const end = isOver ? null : now < startsAt ? startsAt : now;
          void change.run({ endsAt: end, expectedEndsAt: endsAt, reason });
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
