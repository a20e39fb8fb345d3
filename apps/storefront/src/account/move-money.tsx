"use client";
import { isUnsettled } from "@tillstream/trpc/commands";
import type { CommandInUse, Failure } from "@tillstream/trpc/commands";
import { Button, Field, formatMoney, TextInput } from "@tillstream/ui";
import { useState } from "react";
import { SignInAgain } from "../shop/sign-in-again.tsx";
import { Unsettled } from "../shop/unsettled.tsx";
import { parseAmount } from "./amount.ts";
import { formatMinor } from "./format-minor.ts";
import { useMovement, type Movement } from "./use-account-command.ts";

const REFUSALS: Readonly<Record<string, string>> = {
  INSUFFICIENT_FUNDS: "You have less than this available. Enter a smaller amount.",
  CONFLICT: "Money moved in another tab or for an order at the same moment. Nothing was changed. Try again.",
  BALANCE_LIMIT: "An account holds at most $100,000.00. Enter a smaller amount.",
  ACCOUNT_CHANGED:
    "Your account has changed since you looked at it, so nothing was moved. Check your balance and statement, then try again if you still want to.",
};

interface MoveMoneyProps {
  /** Of the account as the page shows it, one's own latest write included. */
  readonly version: number;
  readonly onMoved: (version: number) => void;
  /** The account is not what the page shows. */
  readonly onChanged: () => void;
}

/** Adding credit and withdrawing it. A refusal is shown beside the amount it is about. */
export function MoveMoney({ version, onMoved, onChanged }: MoveMoneyProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const on = {
    onDone(answer: { version: number }, { amount }: Movement) {
      setText((typed) => (parseAmount(typed) === amount.amount ? "" : typed));
      onMoved(answer.version);
    },
    onRefused({ reason, message }: Failure) {
      setProblem(REFUSALS[reason] ?? message);
      if (reason === "ACCOUNT_CHANGED") onChanged();
    },
    onKept: ({ amount }: Movement) => setText(formatMinor(amount)),
  };
  const deposit = useMovement("deposit", on);
  const withdraw = useMovement("withdraw", on);
  const unsettled = isUnsettled(deposit) || isUnsettled(withdraw);
  const busy = deposit.state === "sending" || withdraw.state === "sending";

  function move(command: typeof deposit, other: typeof deposit): void {
    const amount = parseAmount(text);
    if (amount === undefined || amount > 1_000_000)
      return setProblem("Enter an amount such as 25.00, up to 10,000.00 at once.");
    setProblem(undefined);
    other.reset();
    void command.run({ amount: { amount, currency: "USD" }, expectedVersion: version });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!unsettled && !busy) move(deposit, withdraw);
      }}
      className="rounded-lg bg-sunken p-5"
    >
      {isUnsettled(deposit) && <Unsettled whether={wordsOf(deposit, "into")} command={deposit} />}
      {isUnsettled(withdraw) && <Unsettled whether={wordsOf(withdraw, "out of")} command={withdraw} />}
      <fieldset disabled={unsettled} className={unsettled ? "mt-5 opacity-60" : undefined}>
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
        <p className="mt-1 empty:hidden">
          <SignInAgain failure={problem === undefined ? undefined : (deposit.failure ?? withdraw.failure)} />
        </p>
        <div className="mt-4 flex gap-3">
          <Button
            type="submit"
            variant="primary"
            loading={deposit.state === "sending"}
            disabled={withdraw.state === "sending"}
          >
            Add credit
          </Button>
          <Button
            loading={withdraw.state === "sending"}
            disabled={deposit.state === "sending"}
            onClick={() => move(withdraw, deposit)}
          >
            Withdraw
          </Button>
        </div>
      </fieldset>
    </form>
  );
}

type Move = CommandInUse<Movement, { version: number }>;

function wordsOf({ pending }: Move, direction: "into" | "out of"): string {
  const amount = pending === undefined ? "the money" : formatMoney(pending.amount);
  return `${amount} went ${direction} your account`;
}
