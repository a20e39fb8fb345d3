"use client";
/** A new price, and why. A price that somebody else changed meanwhile is not overwritten. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import type { CommandCall } from "@tillstream/trpc/commands";
import { Banner, Button, Dialog, Field, formatMoney, Textarea, TextInput } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";
import type { Variant } from "./product.ts";
import { minorUnitsOf, typedAmount } from "./typed-amount.ts";

interface PriceDialogProps {
  slug: string;
  variant: Variant;
  onClose(): void;
}

interface PriceInput {
  readonly amount: number;
  readonly expectedAmount: number;
  readonly reason: string;
}

const REASON_LENGTH_MAX = 500;

export function PriceDialog({ slug, variant: { sku, price }, onClose }: PriceDialogProps) {
  const { currency } = price;
  const trpc = useTRPC();
  const { catalogue } = useTRPCClient();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.catalogue.bySlug.queryKey({ slug }) }),
      queryClient.invalidateQueries({ queryKey: trpc.catalogue.priceHistory.queryKey({ sku }) }),
    ]);
  const [typed, setTyped] = useState(typedAmount(price.amount, currency));
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const setting = {
    name: "catalogue.setPrice",
    subject: sku,
    send: ({ amount, ...input }: PriceInput, call: CommandCall) =>
      catalogue.setPrice.mutate({ sku, price: { amount, currency }, ...input }, call),
  };
  const offerUndo = useUndo({ ...setting, refresh });
  const change = useCommand({
    ...setting,
    onDone: async (_, { amount: now, expectedAmount, reason: why }) => {
      await refresh();
      onClose();
      const back = { amount: expectedAmount, expectedAmount: now, reason: undoing(why) };
      offerUndo(`${sku} costs ${formatMoney({ amount: now, currency })} now.`, back);
    },
    onRefused: refresh,
    onKept: (kept) => {
      setTyped(typedAmount(kept.amount, currency));
      setReason(kept.reason);
    },
  });
  const close = () => {
    change.reset();
    onClose();
  };
  const amount = minorUnitsOf(typed, currency);
  const problem = problemOf(amount, price.amount, currency);
  const isMissing = reason.trim() === "";
  const submit = () => {
    setAsked(true);
    if (amount !== undefined && problem === undefined && !isMissing)
      void change.run({ amount, expectedAmount: price.amount, reason: reason.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title={`Change the price of ${sku}?`}
      description={`It costs ${formatMoney(price)} now. The shop shows the new price at once; customers with the item in a cart are asked before they pay it.`}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            Keep as it is
          </Button>
          <Button
            variant="primary"
            loading={change.state === "sending"}
            disabled={isUnsettled(change)}
            onClick={submit}
          >
            Change price
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <Field label={`New price in ${currency}`} required error={asked ? problem : undefined}>
          <TextInput mono inputMode="decimal" value={typed} onChange={({ target }) => setTyped(target.value)} />
        </Field>
        <Field
          label="Reason"
          required
          error={asked && isMissing ? "Enter a reason. It is kept in the history." : undefined}
        >
          <Textarea value={reason} maxLength={REASON_LENGTH_MAX} onChange={({ target }) => setReason(target.value)} />
        </Field>
        {change.state === "refused" && change.failure !== undefined && (
          <Banner tone="failed" role="alert">
            <FailureText failure={change.failure} />
          </Banner>
        )}
        {isUnsettled(change) && <OutcomeUnknown what="the new price" command={change} />}
      </div>
    </Dialog>
  );
}

function problemOf(amount: number | undefined, now: number, currency: string): string | undefined {
  if (amount === undefined) return `Enter an amount, such as ${typedAmount(now, currency)}.`;
  if (amount === 0) return "Enter an amount above 0.";
  return amount === now ? "Enter another price than the one that it has." : undefined;
}
