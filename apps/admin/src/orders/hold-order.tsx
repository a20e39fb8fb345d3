"use client";
/** Holding an order until a person has decided, and letting it go on. */
import { Button, ConfirmDialog } from "@tillstream/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import type { Order } from "./order-state.ts";

interface HoldOrderProps {
  readonly order: Order;
  /** The codes that the page shows: what comes in while one decides is not resolved with them. */
  readonly questions: readonly string[];
}

export function HoldOrder({ order, questions }: HoldOrderProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const isOver = order.status === "shipped" || order.status === "cancelled";
  const whyNot = useWhyNotOperate() ?? (isOver ? `It is ${order.status}: there is nothing left to hold.` : undefined);
  const [asking, setAsking] = useState(false);
  const { orderId } = order;
  const held = order.status === "attention";
  const change = useMutation({
    mutationFn: (reason: string) =>
      held
        ? client.orders.resolveAttention.mutate({ orderId, note: reason, codes: [...questions] })
        : client.orders.flagAttention.mutate({ orderId, reason }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.orders.byId.queryKey({ orderId }) });
      setAsking(false);
    },
  });
  function ask(): void {
    change.reset();
    setAsking(true);
  }
  return (
    <>
      <Button size="sm" onClick={ask} disabled={whyNot !== undefined} title={whyNot}>
        {held ? "Resolve" : "Hold"}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={held ? "Let this order go on?" : "Hold this order?"}
        confirmLabel={held ? "Resolve" : "Hold"}
        danger={false}
        reasonLabel={held ? "What was decided" : "What has to be decided"}
        pending={change.isPending}
        refusal={change.error === null ? undefined : failureOf(change.error).message}
        onConfirm={(reason) => change.mutate(reason)}
      >
        <p>
          {held
            ? "It is shipped when its time has come, and the customer can cancel it again."
            : "It is neither shipped nor cancelled until somebody resolves it. What is under way goes on."}
        </p>
      </ConfirmDialog>
    </>
  );
}
