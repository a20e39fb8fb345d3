"use client";
/** Takes announced lines back: how many of each go on the shelf again, and how many are written off. */
import { useCommand } from "@tillstream/trpc/commands";
import { QuantityStepper, toast } from "@tillstream/ui";
import { useState } from "react";
import { EditDialog } from "../console/edit-dialog.tsx";
import { useTRPCClient } from "../console/trpc.ts";
import { refundTarget, type AnnouncedReturn } from "./order-state.ts";
import { useChangedOrder } from "./use-changed-order.ts";

interface Came {
  readonly shelf: number;
  readonly writtenOff: number;
}

interface Receipt {
  readonly lines: { readonly sku: string; readonly quantity: number; readonly restock: boolean }[];
}

export function ReceiveReturn({ item, onClose }: { item: AnnouncedReturn; onClose(): void }) {
  const { orders } = useTRPCClient();
  const { orderId, returnId, number, to } = item;
  const lines = item.lines.filter(({ quantity }) => quantity > 0);
  const onChanged = useChangedOrder(orderId);
  const [came, setCame] = useState<Readonly<Record<string, Came>>>({});
  const receive = useCommand({
    name: "orders.receiveReturnedLines",
    subject: returnId,
    send: (receipt: Receipt, call) => orders.receiveReturnedLines.mutate({ orderId, returnId, ...receipt }, call),
    onDone: async () => {
      await onChanged();
      onClose();
      toast.success(`Return ${number} is received, and its money is on its way back.`);
    },
    onRefused: onChanged,
  });
  const cameOf = ({ sku, quantity }: AnnouncedReturn["lines"][number]): Came =>
    came[sku] ?? { shelf: quantity, writtenOff: 0 };
  const change = (line: AnnouncedReturn["lines"][number], more: Partial<Came>) => {
    if (receive.state === "refused") receive.reset();
    setCame({ ...came, [line.sku]: { ...cameOf(line), ...more } });
  };
  const receipt = lines.flatMap((line) => {
    const { shelf, writtenOff } = cameOf(line);
    return [
      { sku: line.sku, quantity: shelf, restock: true },
      { sku: line.sku, quantity: writtenOff, restock: false },
    ].filter(({ quantity }) => quantity > 0);
  });
  return (
    <EditDialog
      command={receive}
      what="the receipt"
      title={`Receive ${number}?`}
      description={`What came is refunded at once, ${refundTarget[to].toLowerCase()}, and the customer gets a mail. What did not come can be announced once more.`}
      confirmLabel="Receive lines"
      onSubmit={() => receipt.length > 0 && void receive.run({ lines: receipt })}
      onClose={onClose}
    >
      {(asked) => (
        <>
          <ul className="divide-y divide-line rounded-md border border-line" aria-label="Announced lines">
            {lines.map((line) => {
              const { shelf, writtenOff } = cameOf(line);
              return (
                <li key={line.sku} className="grid gap-2 px-3 py-2">
                  <span>
                    {line.quantity} x {line.name}
                  </span>
                  <span className="flex flex-wrap gap-x-6 gap-y-2">
                    <Units
                      label="Back on the shelf"
                      of={`${line.name}, back on the shelf`}
                      value={shelf}
                      max={line.quantity - writtenOff}
                      onChange={(next) => change(line, { shelf: next })}
                    />
                    <Units
                      label="Written off"
                      of={`${line.name}, written off`}
                      value={writtenOff}
                      max={line.quantity - shelf}
                      onChange={(next) => change(line, { writtenOff: next })}
                    />
                  </span>
                </li>
              );
            })}
          </ul>
          {asked && receipt.length === 0 && (
            <p role="alert" className="text-sm text-failed">
              Enter what came. Close the return if nothing does.
            </p>
          )}
        </>
      )}
    </EditDialog>
  );
}

interface UnitsProps {
  label: string;
  of: string;
  value: number;
  max: number;
  onChange(quantity: number): void;
}

function Units({ label, ...stepper }: UnitsProps) {
  return (
    <span className="flex items-center gap-2 text-sm text-muted">
      {label}
      <QuantityStepper size="sm" min={0} {...stepper} />
    </span>
  );
}
