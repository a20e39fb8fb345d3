"use client";
/** Holding an order until an operator resolves it. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button } from "@tillstream/ui";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";
import type { Order } from "./order-state.ts";

/** The question that holding it asks. */
const HELD_BY_OPERATOR = "HELD_BY_OPERATOR";

interface HoldOrderProps {
  readonly order: Order;
  /** The codes that the page shows: those that arrive meanwhile are not resolved with them. */
  readonly questions: readonly string[];
  /** The order has this version now, which the page is to show. */
  readonly onChanged: (version: number) => unknown;
}

interface Decision {
  readonly orderId: string;
  readonly reason: string;
  /** Those that are resolved; without them the order is held. */
  readonly codes?: readonly string[];
}

export function HoldOrder({ order, questions, onChanged }: HoldOrderProps) {
  const { orders } = useTRPCClient();
  const isOver = order.status === "shipped" || order.status === "cancelled";
  const whyNot = useWhyNotOperate() ?? (isOver ? `It is ${order.status}: there is nothing left to hold.` : undefined);
  const [asking, setAsking] = useState(false);
  const { orderId } = order;
  const held = order.status === "attention";
  // Letting it go on is not offered back: it may have been shipped by then, and what was asked is answered.
  const offerUndo = useUndo({
    name: "orders.attention",
    subject: orderId,
    send: async (note: string, call) => {
      const { version } = await orders.resolveAttention.mutate({ orderId, note, codes: [HELD_BY_OPERATOR] }, call);
      await onChanged(version);
    },
    refresh: () => undefined,
  });
  const change = useCommand({
    name: "orders.attention",
    subject: orderId,
    send: ({ reason, codes }: Decision, call) =>
      codes === undefined
        ? orders.flagAttention.mutate({ orderId, reason }, call)
        : orders.resolveAttention.mutate({ orderId, note: reason, codes: [...codes] }, call),
    onDone: async ({ version }, { reason, codes }) => {
      await onChanged(version);
      setAsking(false);
      if (codes === undefined) offerUndo(`Order ${order.number} is held.`, undoing(reason));
      else offerUndo(`Order ${order.number} goes on.`);
    },
  });
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
        {held ? "Resolve" : "Hold"}
      </Button>
      <CommandDialog
        command={change}
        what={change.pending?.codes === undefined ? "the hold" : "the decision"}
        typed={(change.pending ?? change.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title={held ? "Let this order go on?" : "Hold this order?"}
        confirmLabel={held ? "Resolve" : "Hold"}
        danger={false}
        reasonLabel={held ? "What was decided" : "What has to be decided"}
        onConfirm={(reason) => void change.run({ orderId, reason, ...(held && { codes: questions }) })}
      >
        <p>
          {held
            ? "It is shipped when its time has come, and the customer can cancel it again."
            : "It is neither shipped nor cancelled until an operator resolves it. What is under way goes on."}
        </p>
      </CommandDialog>
    </>
  );
}
