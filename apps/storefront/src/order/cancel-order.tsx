"use client";
/**
 * Cancelling while nothing has left yet. A refusal is shown in the dialog, and so is what happens to the order meanwhile: the
 * dialog goes away when its reader closes it, not by itself.
 */
import type { OrderPage } from "@tillstream/commerce";
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Button, ConfirmDialog } from "@tillstream/ui";
import { useState } from "react";
import { send } from "../shop/calls.ts";
import { SignInAgain } from "../shop/sign-in-again.tsx";
import { Unsettled } from "../shop/unsettled.tsx";
import type { OrderAccess } from "./order-stream.ts";
import { restParts } from "./receipt-words.ts";
import { isCancelling, overtakenText } from "./status-words.ts";

/** There for every state of the order, so that an open dialog outlives the change from one to another. */
export function CancelOrder({ access, order }: { access: OrderAccess; order: OrderPage }) {
  const [asking, setAsking] = useState(false);
  const cancel = useCommand({
    name: "orders.cancel",
    subject: access.orderId,
    // The link is this page's own: one of yesterday may have expired, and is nothing to keep in a browser.
    send: (input: { orderId: string }, call) => send("orders", "cancel", { ...access, ...input }, call),
    onDone: () => setAsking(false),
  });
  function ask(): void {
    cancel.reset();
    setAsking(true);
  }
  const unsettled = isUnsettled(cancel);
  const done = cancel.state === "done";
  const parts = restParts(order);
  const ownDoing = done || cancel.state === "sending";
  return (
    <>
      {unsettled && (
        <div className="mt-5">
          <Unsettled whether="your cancellation went through" command={cancel} />
        </div>
      )}
      {!unsettled && order.status === "confirmed" && !isCancelling(order) && (
        <Button className="mt-5" onClick={ask} disabled={done}>
          {done ? "Cancelling" : "Cancel this order"}
        </Button>
      )}
      <ConfirmDialog
        open={asking && !unsettled}
        onOpenChange={setAsking}
        title="Cancel this order?"
        confirmLabel="Cancel the order"
        pending={cancel.state === "sending"}
        refusal={
          cancel.state === "refused" && (
            <>
              {cancel.failure?.message} <SignInAgain failure={cancel.failure} />
            </>
          )
        }
        overtaken={ownDoing ? undefined : overtakenText(order)}
        onConfirm={() => void cancel.run({ orderId: access.orderId })}
      >
        Nothing will be sent, and what you paid goes back to where it came from{parts !== null && `: ${parts}`}. This
        cannot be taken back; you can order it again.
      </ConfirmDialog>
    </>
  );
}
