"use client";
/** Pausing and resuming a projection or a consumer, and why it may not be done. */
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import type { Subscription } from "../console/subscription-state.ts";

type SwitchTo = "pause" | "resume";
export type SubscriptionKind = "projection" | "consumer";

export function useSwitch(kind: SubscriptionKind, { name, status }: Subscription) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const isPaused = status === "paused";
  const [asking, setAsking] = useState(false);
  /** What the dialog is about; it fades out with the words that it had. */
  const [shown, setShown] = useState<SwitchTo>("pause");
  const keys = kind === "projection" ? trpc.projections : trpc.consumers;
  const procedures = kind === "projection" ? client.projections : client.consumers;
  const change = useCommand({
    name: `${kind}.switch`,
    subject: name,
    send: ({ to, reason }: { readonly to: SwitchTo; readonly reason: string }, call) =>
      procedures[to].mutate({ name, reason }, call),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.list.queryKey() });
      setAsking(false);
    },
  });
  const ask = () => {
    setShown(isPaused ? "resume" : "pause");
    setAsking(true);
  };
  const confirm = (reason: string) => void change.run({ to: shown, reason });
  return { name, isPaused, whyNot, change, asking, shown, ask, confirm, close: () => setAsking(false) };
}

export type Switch = ReturnType<typeof useSwitch>;
