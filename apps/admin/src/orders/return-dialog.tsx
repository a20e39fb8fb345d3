"use client";
/** Taking the whole order back, with the reason: what that pays back, and that a return of lines is expected. */
import { useCommand } from "@tillstream/trpc/commands";
import { formatMoney, toast } from "@tillstream/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC, useTRPCClient, type Outputs } from "../console/trpc.ts";
import { refundable, restOf, type Order } from "./order-state.ts";

export interface ReturnDialogProps {
  readonly order: Order;
  /** Where its money can go back to. */
  readonly targets: Outputs["orders"]["byId"]["refundableTo"];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ReturnDialog({ order, targets, open, onOpenChange }: ReturnDialogProps) {
  const { orderId } = order;
  const trpc = useTRPC();
  const { orders } = useTRPCClient();
  const queryClient = useQueryClient();
  const returns = useQuery(trpc.orders.announcedReturns.queryOptions({ orderId }, useLiveQuery()));
  const announced = returns.data?.items.filter(({ status }) => status === "requested") ?? [];
  const left = unitsIn(refundable(order).map((line) => ({ quantity: line.left })));
  const receive = useCommand({
    name: "orders.receiveReturn",
    subject: orderId,
    send: (input: { orderId: string; reason: string }, call) => orders.receiveReturn.mutate(input, call),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.orders.shipment.queryKey({ orderId }) });
      onOpenChange(false);
      toast.success("The return is received, and the money is on its way back.");
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
      {announced.map(({ number, lines }) => (
        <p key={number} className="mb-2 font-medium text-ink">
          {number} announces {unitsIn(lines)} of {left} {left === 1 ? "thing" : "things"}. To take only those back, use
          Receive lines.
        </p>
      ))}
      <p>
        {paysBack(order, targets)} All goods that are not refunded yet go back on the shelf. Payment, stock and mail
        each follow by themselves.
      </p>
    </CommandDialog>
  );
}

const unitsIn = (lines: readonly { readonly quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

function paysBack(order: Order, targets: ReturnDialogProps["targets"]): string {
  const { toCard, toCredit } = restOf(order, targets);
  const money = (amount: number) => formatMoney({ ...order.total, amount });
  if (toCard + toCredit === 0) return "Nothing is left to pay back.";
  const all = `Pays back ${money(toCard + toCredit)}`;
  if (toCredit === 0) return `${all} to the card.`;
  if (toCard === 0) return `${all} to store credit.`;
  return `${all}: ${money(toCard)} to the card, ${money(toCredit)} to store credit.`;
}
