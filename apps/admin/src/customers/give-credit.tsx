"use client";
/** Gives store credit to a customer, with the reason. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button, formatMoney, toast } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { minorUnitsOf, typedAmount } from "../catalogue/typed-amount.ts";
import { NumberDialog, type NumberAndReason } from "../console/number-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

/** Accounts are kept in it. */
const CURRENCY = "USD";
const CREDIT_MAX = 1_000_000;

interface Credit extends NumberAndReason {
  readonly expectedVersion: number;
}

interface GiveCreditProps {
  readonly customerId: string;
  /** Of the account, as the page shows it. */
  readonly version: number;
  /** The account has this version now. */
  onGiven(version: number): void;
}

export function GiveCredit({ customerId, version, onGiven }: GiveCreditProps) {
  const trpc = useTRPC();
  const { customers } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.accounts.pathKey() });
  const give = useCommand({
    name: "customers.credit",
    subject: customerId,
    send: ({ value, ...input }: Credit, call) =>
      customers.credit.mutate({ customerId, amount: { amount: value, currency: CURRENCY }, ...input }, call),
    onDone: async (given, { value }) => {
      onGiven(given.version);
      await refresh();
      setAsking(false);
      toast.success(`${formatMoney({ amount: value, currency: CURRENCY })} of store credit is given.`);
    },
    onRefused: refresh,
  });
  return (
    <>
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => setAsking(true)}>
        Give credit
      </Button>
      <NumberDialog
        command={give}
        what="the credit"
        open={asking}
        onOpenChange={setAsking}
        title="Give store credit?"
        numberLabel={`Amount in ${CURRENCY}`}
        inputMode="decimal"
        parse={creditOf}
        format={(amount) => typedAmount(amount, CURRENCY)}
        problem={`Enter an amount from ${typedAmount(1, CURRENCY)} to ${typedAmount(CREDIT_MAX, CURRENCY)}.`}
        reasonLabel="Reason, without names: it is kept for good"
        confirmLabel="Give credit"
        onConfirm={(input) => void give.run({ ...input, expectedVersion: version })}
      >
        <p>They can pay with it at once. Their statement says “Credit from the shop”, without the reason.</p>
      </NumberDialog>
    </>
  );
}

function creditOf(typed: string): number | undefined {
  const amount = minorUnitsOf(typed, CURRENCY);
  return amount === undefined || amount === 0 || amount > CREDIT_MAX ? undefined : amount;
}
