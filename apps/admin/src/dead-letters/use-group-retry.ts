"use client";
/** A retry of many dead letters: one at a time, and only if none has been asked for since the page showed the latest. */
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

export interface GroupRetry {
  readonly consumer: string;
  readonly fingerprint: string;
  readonly limit: number;
  readonly perSecond: number;
  readonly stopOnFailure: boolean;
  readonly reason: string;
  /** The id of the latest retry that the page showed, "0" for none. */
  readonly seenRetry: string;
}

export function useGroupRetry(onDone: () => void = () => undefined) {
  const trpc = useTRPC();
  const { deadLetters } = useTRPCClient();
  const queryClient = useQueryClient();
  const look = () => queryClient.invalidateQueries({ queryKey: trpc.deadLetters.pathKey() });
  return useCommand({
    name: "deadLetters.retry",
    send: (input: GroupRetry, call) => deadLetters.retry.mutate(input, call),
    onDone: async () => {
      await look();
      onDone();
    },
    onRefused: ({ reason }) => reason === "ACTED_MEANWHILE" && look(),
  });
}
