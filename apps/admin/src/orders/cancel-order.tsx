"use client";
/** The merchant cancels an order that nothing has left of. Each opening of the dialog is one command with one key. */
import { Button, ConfirmDialog } from "@tillstream/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { mayBeCancelled, type Order } from "./order-state.ts";

export function CancelOrder({ order }: { order: Order }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const idempotencyKey = useRef("");
  const { orderId } = order;
  const cancel = useMutation({
    mutationFn: (reason: string) =>
      client.orders.cancel.mutate({ orderId, reason }, { context: { idempotencyKey: idempotencyKey.current } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.orders.byId.queryKey({ orderId }) });
      setAsking(false);
    },
  });
  if (!mayBeCancelled(order)) return null;
  function ask(): void {
    idempotencyKey.current = crypto.randomUUID();
    cancel.reset();
    setAsking(true);
  }
  return (
    <>
      <Button size="sm" onClick={ask} disabled={whyNot !== undefined} title={whyNot}>
        Cancel order
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this order?"
        confirmLabel="Cancel the order"
        reasonLabel="Why it is cancelled"
        pending={cancel.isPending}
        refusal={cancel.error === null ? undefined : failureOf(cancel.error).message}
        onConfirm={(reason) => cancel.mutate(reason)}
      >
        <p>
          The whole order is paid back to where the money came from, its goods go back on the shelf, and the customer
          gets a mail. It is refused once the parcel has its label.
        </p>
      </ConfirmDialog>
    </>
  );
}
