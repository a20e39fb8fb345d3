"use client";
/** Pausing and resuming a projection or a consumer, and why it may not be done. */
import { useCommand } from "@tillstream/trpc/commands";
import type { CommandCall } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";
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
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.list.queryKey() });
  const switching = {
    name: `${kind}.switch`,
    subject: name,
    send: ({ to, reason }: { readonly to: SwitchTo; readonly reason: string }, call: CommandCall) =>
      procedures[to].mutate({ name, reason }, call),
  };
  const offerUndo = useUndo({ ...switching, refresh });
  const change = useCommand({
    ...switching,
    onDone: async (_, { to, reason }) => {
      await refresh();
      setAsking(false);
      const back = to === "pause" ? "resume" : "pause";
      offerUndo(`${to === "pause" ? "Paused" : "Resumed"} ${name}.`, { to: back, reason: undoing(reason) });
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
