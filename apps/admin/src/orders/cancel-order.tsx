"use client";
/** The merchant cancels an order that nothing has left of. */
import { useCommand } from "@tillstream/trpc/commands";
import { Banner, Button, toast } from "@tillstream/ui";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPCClient } from "../console/trpc.ts";
import { mayBeCancelled, type Order } from "./order-state.ts";

interface CancelOrderProps {
  readonly order: Order;
  /** The order has this version now, which the page is to show. */
  readonly onChanged: (version: number) => unknown;
}

export function CancelOrder({ order, onChanged }: CancelOrderProps) {
  const { orders } = useTRPCClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const { orderId } = order;
  const cancel = useCommand({
    name: "orders.cancel",
    subject: orderId,
    send: (input: { orderId: string; reason: string }, call) => orders.cancel.mutate(input, call),
    onDone: async ({ version }) => {
      await onChanged(version);
      setAsking(false);
      toast.success(`Order ${order.number} is being cancelled.`);
    },
  });
  const canBe = mayBeCancelled(order);
  return (
    <>
      {canBe && (
        <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
          Cancel order
        </Button>
      )}
      <CommandDialog
        command={cancel}
        what="the cancellation"
        typed={(cancel.pending ?? cancel.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this order?"
        confirmLabel="Cancel the order"
        reasonLabel="Why it is cancelled"
        onConfirm={(reason) => void cancel.run({ orderId, reason })}
      >
        {!canBe && cancel.state === "idle" && (
          <Banner tone="waiting" role="alert" className="mb-3" title="It cannot be cancelled any more">
            {order.steps.some(({ name }) => name === "cancelled")
              ? "Somebody else cancelled it meanwhile."
              : "It has left meanwhile."}
          </Banner>
        )}
        <p>
          Whatever is not refunded yet is paid back to where the money came from, its goods go back on the shelf, and
          the customer gets a mail. It is refused once the parcel has its label.
        </p>
      </CommandDialog>
    </>
  );
}
