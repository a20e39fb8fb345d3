"use client";
/** Taking a parcel back, with the reason. */
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

export interface ReturnDialogProps {
  readonly orderId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ReturnDialog({ orderId, open, onOpenChange }: ReturnDialogProps) {
  const trpc = useTRPC();
  const { orders } = useTRPCClient();
  const queryClient = useQueryClient();
  const receive = useCommand({
    name: "orders.receiveReturn",
    subject: orderId,
    send: (input: { orderId: string; reason: string }, call) => orders.receiveReturn.mutate(input, call),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.orders.shipment.queryKey({ orderId }) });
      onOpenChange(false);
    },
  });
  return (
    <CommandDialog
      command={receive}
      what="the return"
      typed={(receive.pending ?? receive.kept)?.reason}
      open={open}
      onOpenChange={onOpenChange}
      title="Receive this order back?"
      confirmLabel="Receive return"
      danger={false}
      reasonLabel="Why it came back"
      onConfirm={(reason) => void receive.run({ orderId, reason })}
    >
      <p>
        Whatever is not refunded yet is paid back to where the money came from, and its goods go back on the shelf.
        Payment, stock and mail each follow by themselves.
      </p>
    </CommandDialog>
  );
}
