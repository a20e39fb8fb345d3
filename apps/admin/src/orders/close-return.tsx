"use client";
/** Gives up a return that does not come, with the reason. */
import { useCommand } from "@tillstream/trpc/commands";
import { toast } from "@tillstream/ui";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useTRPCClient } from "../console/trpc.ts";
import type { AnnouncedReturn } from "./order-state.ts";
import { useChangedOrder } from "./use-changed-order.ts";

interface CloseReturnProps {
  readonly item: AnnouncedReturn;
  readonly open: boolean;
  onClose(): void;
}

export function CloseReturn({ item: { orderId, returnId, number }, open, onClose }: CloseReturnProps) {
  const { orders } = useTRPCClient();
  const onChanged = useChangedOrder(orderId);
  const close = useCommand({
    name: "orders.closeReturn",
    subject: returnId,
    send: (input: { reason: string }, call) => orders.closeReturn.mutate({ orderId, returnId, ...input }, call),
    onDone: async () => {
      await onChanged();
      onClose();
      toast.success(`Return ${number} is closed.`);
    },
    onRefused: onChanged,
  });
  return (
    <CommandDialog
      command={close}
      what="the closing"
      typed={(close.pending ?? close.kept)?.reason}
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Close ${number}?`}
      confirmLabel="Close the return"
      danger={false}
      reasonLabel="Why it is closed"
      onConfirm={(reason) => void close.run({ reason })}
    >
      <p>Nothing is refunded. The customer gets a mail, and can announce these things once more.</p>
    </CommandDialog>
  );
}
