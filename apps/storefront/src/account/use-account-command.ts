"use client";
/** Commands on the account. Money is moved only while the account is as the page showed it. */
import { useCommand } from "@tillstream/trpc/commands";
import type { CommandInUse, UseCommandOptions } from "@tillstream/trpc/commands";
import { useTRPCClient, type Outputs } from "../shop/trpc.ts";

export interface Movement {
  readonly amount: { readonly amount: number; readonly currency: "USD" };
  readonly expectedVersion: number;
}

type Answer = Outputs["account"]["deposit"];
type Handlers<Input> = Pick<UseCommandOptions<Input, Answer>, "onDone" | "onRefused" | "onKept">;

export function useMovement(kind: "deposit" | "withdraw", on: Handlers<Movement>): CommandInUse<Movement, Answer> {
  const { account } = useTRPCClient();
  return useCommand({ ...on, name: `account.${kind}`, send: (input, call) => account[kind].mutate(input, call) });
}

export function useOpenAccount(on: Handlers<object>): CommandInUse<object, Answer> {
  const { account } = useTRPCClient();
  return useCommand({ ...on, name: "account.open", send: (_, call) => account.open.mutate({}, call) });
}
