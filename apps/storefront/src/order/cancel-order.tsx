"use client";
/**
 * Cancelling while nothing has left yet. A refusal is shown in the dialog, and so is what happens to the order meanwhile: the
 * dialog goes away when its reader closes it, not by itself.
 */
import { useMutation } from "@tanstack/react-query";
import type { OrderPage } from "@tillstream/commerce";
import { Button, ConfirmDialog } from "@tillstream/ui";
import { useRef, useState } from "react";
import { failureOf } from "../shop/failure.ts";
import { newKey } from "../shop/new-key.ts";
import { useTRPCClient } from "../shop/trpc.ts";
import type { OrderAccess } from "./order-stream.ts";
import { isCancelling, overtakenText } from "./status-words.ts";

/** There for every state of the order, so that an open dialog outlives the change from one to another. */
export function CancelOrder({ access, order }: { access: OrderAccess; order: OrderPage }) {
  const client = useTRPCClient();
  const [asking, setAsking] = useState(false);
  /** Made when the dialog opens, so that a double click is one command. */
  const idempotencyKey = useRef("");
  const cancel = useMutation({
    mutationFn: () => client.orders.cancel.mutate(access, { context: { idempotencyKey: idempotencyKey.current } }),
    onSuccess: () => setAsking(false),
  });
  function ask(): void {
    idempotencyKey.current = newKey();
    cancel.reset();
    setAsking(true);
  }
  const ownDoing = cancel.isPending || cancel.isSuccess;
  return (
    <>
      {order.status === "confirmed" && !isCancelling(order) && (
        <Button className="mt-5" onClick={ask} disabled={cancel.isSuccess}>
          {cancel.isSuccess ? "Cancelling" : "Cancel this order"}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this order?"
        confirmLabel="Cancel the order"
        pending={cancel.isPending}
        refusal={cancel.error === null ? undefined : failureOf(cancel.error).message}
        overtaken={ownDoing ? undefined : overtakenText(order)}
        onConfirm={() => cancel.mutate()}
      >
        Nothing will be sent, and what you paid goes back to where it came from. This cannot be taken back; you can
        order it again.
      </ConfirmDialog>
    </>
  );
}
