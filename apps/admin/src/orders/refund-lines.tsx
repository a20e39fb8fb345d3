"use client";
/** Pays back units of some lines, to the card or as credit. What somebody else refunded meanwhile is not refunded again. */
import { paidOf, refundedInParts } from "@tillstream/commerce/money-back";
import { useCommand } from "@tillstream/trpc/commands";
import { Button, Checkbox, formatMoney, Money, QuantityStepper, RadioCard, RadioGroup, toast } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../console/failure.ts";
import { EditDialog } from "../console/edit-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient, type Outputs } from "../console/trpc.ts";
import { mayRefund, refundable, refundTarget, type Order } from "./order-state.ts";

type Target = Outputs["orders"]["byId"]["refundableTo"][number];

interface RefundLinesProps {
  readonly order: Order;
  readonly targets: readonly Target[];
  /** The order has this version now, which the page is to show. */
  readonly onChanged: (version: number) => unknown;
}

interface Wish {
  /** By sku. */
  readonly units: Readonly<Record<string, number>>;
  readonly to: Target | undefined;
  readonly restock: boolean;
  readonly reason: string;
  readonly expectedRefunded: number;
}

export function RefundLines(props: RefundLinesProps) {
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {mayRefund(props.order) && props.targets.length > 0 && (
        <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
          Refund lines
        </Button>
      )}
      {asking && <RefundDialog {...props} onClose={() => setAsking(false)} />}
    </>
  );
}

function RefundDialog({ order, targets, onChanged, onClose }: RefundLinesProps & { onClose(): void }) {
  const { orders } = useTRPCClient();
  const { orderId } = order;
  const before = refundedInParts(paidOf(order));
  const [wish, setWish] = useState<Wish>({
    units: {},
    to: targets[0],
    restock: true,
    reason: "",
    expectedRefunded: before,
  });
  const refund = useCommand({
    name: "orders.refundLines",
    subject: orderId,
    send: ({ units, to = "card", ...sent }: Wish, call) => {
      const lines = Object.entries(units).flatMap(([sku, quantity]) => (quantity > 0 ? [{ sku, quantity }] : []));
      return orders.refundLines.mutate({ orderId, lines, to, ...sent }, call);
    },
    onDone: async ({ version }) => {
      await onChanged(version);
      onClose();
      toast.success("The refund is on its way, and the customer gets a mail.");
    },
    onRefused: () => Promise.all([onChanged(0), chosen.length > 0 && quote.refetch()]),
    onKept: setWish,
  });
  const lines = refundable(order);
  const unitsOf = (line: (typeof lines)[number]) => Math.min(wish.units[line.sku] ?? 0, line.left);
  const chosen = lines.flatMap((line) => (unitsOf(line) > 0 ? [{ sku: line.sku, quantity: unitsOf(line) }] : []));
  // The shares of discount, delivery and tax are the server's to say.
  const quote = useQuery(
    useTRPC().orders.quoteRefund.queryOptions({ orderId, lines: chosen }, { enabled: chosen.length > 0, gcTime: 0 }),
  );
  const amount = chosen.length === 0 ? { ...order.total, amount: 0 } : quote.data?.amount;
  const change = (more: Partial<Wish>) => {
    if (refund.state !== "idle") refund.reset();
    // What the person sees now is what they decide on.
    setWish({ ...wish, ...more, expectedRefunded: before });
  };
  const submit = () => {
    const units = Object.fromEntries(lines.map((line) => [line.sku, unitsOf(line)]));
    // Who was told that another was faster has seen it by now.
    const expectedRefunded = refund.state === "refused" ? before : wish.expectedRefunded;
    if (chosen.length > 0 && amount !== undefined)
      void refund.run({ ...wish, units, expectedRefunded, reason: wish.reason.trim() });
  };
  return (
    <EditDialog
      command={refund}
      what="the refund"
      title="Refund a part of this order?"
      description="The money follows at once, and the customer gets a mail. A cancellation or return later pays back the rest."
      confirmLabel={amount === undefined ? "Refund …" : `Refund ${formatMoney(amount)}`}
      danger
      reason={{ typed: wish.reason, set: (reason) => change({ reason }) }}
      onSubmit={submit}
      onClose={onClose}
    >
      {(asked) => (
        <>
          <ul className="divide-y divide-line rounded-md border border-line" aria-label="Lines">
            {lines.map((line) => (
              <li key={line.sku} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2">
                <span className="min-w-0">
                  {line.name}
                  <span className="block text-sm text-muted">
                    <Money value={line.unitPrice} /> each, {line.left} of {line.quantity} left to refund
                  </span>
                </span>
                {line.left > 0 && (
                  <QuantityStepper
                    size="sm"
                    of={line.name}
                    min={0}
                    max={line.left}
                    value={unitsOf(line)}
                    onChange={(quantity) => change({ units: { ...wish.units, [line.sku]: quantity } })}
                  />
                )}
              </li>
            ))}
          </ul>
          {quote.isError && (
            <p role="alert" className="text-sm text-failed">
              {failureOf(quote.error).message}
            </p>
          )}
          {asked && chosen.length === 0 && (
            <p role="alert" className="text-sm text-failed">
              Choose how many units are refunded.
            </p>
          )}
          <RadioGroup legend="Where the money goes" className="sm:grid-cols-2">
            {targets.map((to) => (
              <RadioCard
                key={to}
                name="refund-to"
                checked={wish.to === to}
                onChange={() => change({ to })}
                title={refundTarget[to]}
              />
            ))}
          </RadioGroup>
          {wish.to === "card" && quote.data !== undefined && quote.data.creditPart !== null && chosen.length > 0 && (
            <p className="text-sm text-ink-soft">
              The card paid no more: {formatMoney(quote.data.creditPart)} of it goes to the customer's store credit.
            </p>
          )}
          <Checkbox
            label="Put these units back on the shelf"
            hint="Without it they are written off."
            checked={wish.restock}
            onChange={({ target }) => change({ restock: target.checked })}
          />
        </>
      )}
    </EditDialog>
  );
}
