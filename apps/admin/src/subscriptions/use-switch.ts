"use client";
/** Pausing and resuming a projection or a consumer, and why it may not be done. */
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import type { Subscription } from "./subscription-state.ts";

export type SubscriptionKind = "projection" | "consumer";

export function useSwitch(kind: SubscriptionKind, { name, status }: Subscription) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const isPaused = status === "paused";
  const keys = kind === "projection" ? trpc.projections : trpc.consumers;
  const procedures = kind === "projection" ? client.projections : client.consumers;
  const change = useCommand({
    name: `${kind}.switch`,
    subject: name,
    send: ({ to }: { readonly to: "pause" | "resume" }, call) => procedures[to].mutate({ name }, call),
    onDone: () => queryClient.invalidateQueries({ queryKey: keys.list.queryKey() }),
  });
  return { isPaused, whyNot, change, act: () => void change.run({ to: isPaused ? "resume" : "pause" }) };
}

export type Switch = ReturnType<typeof useSwitch>;
