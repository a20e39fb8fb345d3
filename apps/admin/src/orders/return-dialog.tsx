"use client";
/** Taking a parcel back, with the reason. Each opening of the dialog is one command with one key. */
import { ConfirmDialog } from "@tillstream/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { failureOf } from "../console/failure.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

export interface ReturnDialogProps {
  readonly orderId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ReturnDialog({ orderId, open, onOpenChange }: ReturnDialogProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const idempotencyKey = useRef("");
  const receive = useMutation({
    mutationFn: (reason: string) =>
      client.orders.receiveReturn.mutate({ orderId, reason }, { context: { idempotencyKey: idempotencyKey.current } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.orders.shipment.queryKey({ orderId }) });
      onOpenChange(false);
    },
  });
  const { reset } = receive;
  useEffect(() => {
    if (!open) return;
    idempotencyKey.current = crypto.randomUUID();
    reset();
  }, [open, reset]);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Receive this order back?"
      confirmLabel="Receive return"
      danger={false}
      reasonLabel="Why it came back"
      pending={receive.isPending}
      refusal={receive.error === null ? undefined : failureOf(receive.error).message}
      onConfirm={(reason) => receive.mutate(reason)}
    >
      <p>
        The whole order is paid back to where the money came from, and its goods go back on the shelf. Payment, stock
        and mail each follow by themselves.
      </p>
    </ConfirmDialog>
  );
}
