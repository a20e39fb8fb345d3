"use client";
/** Which lines come back, why, and where the money goes. */
import type { Aftercare, OrderPage } from "@tillstream/commerce";
import { useCommand } from "@tillstream/trpc/commands";
import { Field, formatMoney, QuantityStepper, RadioCard, RadioGroup, Select } from "@tillstream/ui";
import { useState } from "react";
import { send } from "../shop/calls.ts";
import { FormDialog } from "./form-dialog.tsx";
import type { OrderAccess } from "./order-stream.ts";
import { partsWords } from "./receipt-words.ts";
import { CARD_FIRST, firstWords, REASONS, REFUND_TO, returnable } from "./return-words.ts";
import type { Reason, RefundTarget } from "./return-words.ts";
import { useReturnQuote } from "./use-return-quote.ts";

interface ReturnFormProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly aftercare: Aftercare;
  /** The return with this id is announced now. */
  onDone(returnId: string): unknown;
  onClose(): void;
}

/** Of one line: by sku. */
interface Wish {
  readonly quantity: number;
  readonly reason: Reason | "";
}

interface Wanted {
  readonly lines: { readonly sku: string; readonly quantity: number; readonly reason: Reason }[];
  readonly to: RefundTarget;
}

const REASON_OPTIONS = [{ value: "", label: "Choose a reason" }, ...REASONS];

export function ReturnForm({ access, order, aftercare, onDone, onClose }: ReturnFormProps) {
  const { refundTo, returns } = aftercare;
  const [wishes, setWishes] = useState<Readonly<Record<string, Wish>>>({});
  const [to, setTo] = useState<RefundTarget>(refundTo[0] ?? "card");
  const [asked, setAsked] = useState(false);
  const request = useCommand({
    name: "orders.requestReturn",
    subject: access.orderId,
    // The link is this page's own: nothing to keep in a browser.
    send: (wanted: Wanted, call) => send("orders", "requestReturn", { ...access, ...wanted }, call),
    onDone: ({ returnId }) => onDone(returnId),
  });
  const lines = returnable(order, returns).filter(({ left }) => left > 0);
  const wishOf = (sku: string): Wish => wishes[sku] ?? { quantity: 0, reason: "" };
  const change = (sku: string, more: Partial<Wish>) => {
    if (request.state === "refused") request.reset();
    setWishes({ ...wishes, [sku]: { ...wishOf(sku), ...more } });
  };
  const chosen = lines.map(({ sku, left }) => ({ sku, ...wishOf(sku), left })).filter(({ quantity }) => quantity > 0);
  const units = chosen.map(({ sku, quantity, left }) => ({ sku, quantity: Math.min(quantity, left) }));
  const back = useReturnQuote(access, units);
  const submit = () => {
    setAsked(true);
    const wanted = chosen.flatMap(({ sku, quantity, left, reason }) =>
      reason === "" ? [] : [{ sku, quantity: Math.min(quantity, left), reason }],
    );
    if (wanted.length > 0 && wanted.length === chosen.length) void request.run({ lines: wanted, to });
  };
  return (
    <FormDialog
      command={request}
      title="What are you sending back?"
      description="You print a label next. The money goes back once the parcel has arrived: what you paid for these things, to the cent."
      confirmLabel="Announce the return"
      whether="your return was announced"
      problem={asked && chosen.length === 0 ? "Choose how many of which things come back." : undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <ul className="divide-y divide-line" aria-label="What can be sent back">
        {lines.map(({ sku, name, left, quantity: bought, unitPrice }) => {
          const { quantity, reason } = wishOf(sku);
          return (
            <li key={sku} className="grid gap-2 py-3">
              <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4">
                <span className="break-words">
                  {name}
                  <span className="block text-sm text-muted">
                    {formatMoney(unitPrice)} each,{" "}
                    {left < bought ? `${left} of ${bought} can still be sent back` : `you have ${bought}`}
                  </span>
                </span>
                <QuantityStepper
                  size="sm"
                  of={name}
                  min={0}
                  max={left}
                  value={Math.min(quantity, left)}
                  onChange={(next) => change(sku, { quantity: next })}
                />
              </div>
              {quantity > 0 && (
                <Field
                  label={`Why ${name} comes back`}
                  required
                  hint={firstWords(reason)}
                  error={asked && reason === "" ? "Choose a reason" : undefined}
                >
                  <Select
                    value={reason}
                    options={REASON_OPTIONS}
                    onChange={({ target }) =>
                      change(sku, { reason: REASONS.find(({ value }) => value === target.value)?.value ?? "" })
                    }
                  />
                </Field>
              )}
            </li>
          );
        })}
      </ul>
      <p aria-live="polite" className="flex flex-wrap justify-between gap-x-4 border-t border-line pt-3 empty:hidden">
        {back !== undefined && (
          <>
            <span>You get back</span>
            <span className="figures font-medium" data-testid="return-amount">
              {formatMoney(back.amount)}
            </span>
            {to === "card" && back.creditPart !== null && (
              <span className="w-full text-sm text-ink-soft">
                {partsWords({ ...back.amount, amount: back.amount.amount - back.creditPart.amount }, back.creditPart)}
              </span>
            )}
          </>
        )}
      </p>
      {refundTo.length > 1 && (
        <RadioGroup legend="Where the money goes" className="sm:grid-cols-2">
          {refundTo.map((target) => (
            <RadioCard
              key={target}
              name="refund-to"
              checked={to === target}
              onChange={() => setTo(target)}
              title={REFUND_TO[target]}
              description={target === "card" && order.creditPart !== null ? CARD_FIRST : undefined}
            />
          ))}
        </RadioGroup>
      )}
    </FormDialog>
  );
}
