"use client";
/** Draining and resuming a worker, and why it may not be done. */
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";
import type { Worker } from "./worker-state.ts";

type DrainTo = "drain" | "resume";

/** @param loss what stops when it is drained */
export function useDrain({ id, drain }: Worker, loss: string | undefined) {
  const trpc = useTRPC();
  const { workers } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  /** What the dialog is about; it fades out with the words that it had. */
  const [shown, setShown] = useState<{ to: DrainTo; loss: string | undefined }>({ to: "drain", loss: undefined });
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.workers.list.queryKey() });
  // A drain is not offered back: others may have gone since, and this one would be the last.
  const offerUndo = useUndo({
    name: "worker.drain",
    subject: id,
    send: (reason: string, call) => workers.resume.mutate({ worker: id, reason }, call),
    refresh,
  });
  const change = useCommand({
    name: "worker.drain",
    subject: id,
    // Whoever was told what stops, and goes on, means it.
    send: ({ to, reason, last }: { readonly to: DrainTo; readonly reason: string; readonly last: boolean }, call) =>
      to === "drain"
        ? workers.drain.mutate({ worker: id, reason, last }, call)
        : workers.resume.mutate({ worker: id, reason }, call),
    onDone: async (_, { to, reason }) => {
      await refresh();
      setAsking(false);
      if (to === "drain") offerUndo(`${id} is drained.`, undoing(reason));
      else offerUndo(`${id} works again.`);
    },
  });
  const ask = () => {
    setShown({ to: drain === null ? "drain" : "resume", loss });
    setAsking(true);
  };
  const confirm = (reason: string) => void change.run({ to: shown.to, reason, last: shown.loss !== undefined });
  return { id, isDrained: drain !== null, whyNot, change, asking, shown, ask, confirm, close: () => setAsking(false) };
}
