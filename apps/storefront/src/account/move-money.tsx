"use client";
import { Button, Field, TextInput } from "@tillstream/ui";
import { useState } from "react";
import { failureOf } from "../shop/failure.ts";
import { parseAmount } from "./amount.ts";
import { useAccountCommand } from "./use-account-command.ts";

const REFUSALS: Readonly<Record<string, string>> = {
  INSUFFICIENT_FUNDS: "There is not that much available.",
  CONFLICT: "Something else moved money at the same moment. Nothing was changed; try again.",
  BALANCE_LIMIT: "The account would hold more than $100,000.00.",
};

/** Putting money in and taking it out. A refusal is shown beside the amount it is about. */
export function MoveMoney({ onMoved }: { onMoved: (position: number | undefined) => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const deposit = useAccountCommand("deposit");
  const withdraw = useAccountCommand("withdraw");
  const busy = deposit.isPending || withdraw.isPending;

  function move(command: typeof deposit): void {
    const amount = parseAmount(text);
    if (amount === undefined || amount > 1_000_000)
      return setProblem("An amount such as 25.00, up to 10,000.00 at once.");
    setProblem(undefined);
    command.mutate(amount, {
      onSuccess: ({ position }) => {
        setText("");
        onMoved(position);
      },
      onError: (error) => {
        const { reason, message } = failureOf(error);
        setProblem(REFUSALS[reason] ?? message);
      },
    });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        move(deposit);
      }}
      className="rounded-lg bg-sunken p-5"
    >
      <Field label="Amount in dollars" hint="Up to 10,000.00 at once." error={problem} id="amount">
        <TextInput
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          mono
          value={text}
          onChange={(event) => setText(event.target.value)}
          lead="$"
        />
      </Field>
      <div className="mt-4 flex gap-3">
        <Button type="submit" variant="primary" loading={deposit.isPending} disabled={withdraw.isPending}>
          Put in
        </Button>
        <Button loading={withdraw.isPending} disabled={busy && !withdraw.isPending} onClick={() => move(withdraw)}>
          Take out
        </Button>
      </div>
    </form>
  );
}
