"use client";
/** A command on the account. Each press of the button is one command with one key; a retry repeats it. */
import { useMutation } from "@tanstack/react-query";
import { newKey } from "../shop/new-key.ts";
import { useTRPCClient } from "../shop/trpc.ts";

const CURRENCY = "USD";

export function useAccountCommand(kind: "open" | "deposit" | "withdraw") {
  const client = useTRPCClient();
  return useMutation({
    mutationFn: async (amount: number | undefined) => {
      const options = { context: { idempotencyKey: newKey() } };
      if (kind === "open") return client.account.open.mutate({}, options);
      const input = { amount: { amount: amount ?? 0, currency: CURRENCY } };
      return kind === "deposit"
        ? client.account.deposit.mutate(input, options)
        : client.account.withdraw.mutate(input, options);
    },
  });
}
