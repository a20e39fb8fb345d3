"use client";
import { useQuery } from "@tanstack/react-query";
import { Field, Money, TextInput, useNow } from "@tillstream/ui";
import { useState } from "react";
import { useTRPC } from "../shop/trpc.ts";
import { endOfDay } from "./end-of-day.ts";

const AHEAD = "That has not come yet. Choose a day and a time that have passed.";

/** What the account held at a moment, worked out from its history. */
export function BalanceOn() {
  const trpc = useTRPC();
  const [local, setLocal] = useState("");
  const at = local === "" ? undefined : new Date(local);
  const now_ms = useNow();
  const isAhead = at !== undefined && now_ms !== undefined && at.getTime() > now_ms;
  const valid = at !== undefined && !Number.isNaN(at.getTime()) && !isAhead;
  const then = useQuery({
    ...trpc.account.balanceAt.queryOptions({ at: valid ? at.toISOString() : "" }),
    enabled: valid,
  });
  return (
    <section aria-label="Balance on a date">
      <Field label="Balance on" hint="A day and a time, in your own zone." error={isAhead ? AHEAD : undefined}>
        <TextInput
          type="datetime-local"
          step={1}
          name="at"
          max={now_ms === undefined ? undefined : endOfDay(new Date(now_ms))}
          value={local}
          onChange={(event) => setLocal(event.target.value)}
        />
      </Field>
      <p className="mt-3 min-h-7" aria-live="polite" data-testid="balance-then">
        {valid &&
          then.data &&
          (then.data.version === 0 ? (
            "The account was not open yet."
          ) : (
            <Money value={then.data.balance} className="text-lg font-medium" />
          ))}
        {then.isError && (
          <span className="text-failed">We could not work out this balance. Try again in a moment.</span>
        )}
      </p>
    </section>
  );
}
