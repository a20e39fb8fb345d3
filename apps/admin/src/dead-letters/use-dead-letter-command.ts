"use client";
/** What an operator does about one dead letter: one command at a time. */
import { useCommand } from "@tillstream/trpc/commands";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";

interface ForReason {
  readonly reason: string;
  /** How many actions the page showed. If there has been another since, nothing is done. */
  readonly seenActions: number;
}

export type DeadLetterOperation =
  | (ForReason & { readonly action: "retry" | "discard" })
  | (ForReason & { readonly action: "editAndRetry"; readonly data: Record<string, unknown> });

export function useDeadLetterCommand(id: string, onDone: () => void) {
  const trpc = useTRPC();
  const { deadLetters } = useTRPCClient();
  const queryClient = useQueryClient();
  const look = () => queryClient.invalidateQueries({ queryKey: trpc.deadLetters.pathKey() });
  return useCommand({
    name: "deadLetters.operate",
    subject: id,
    send: async (operation: DeadLetterOperation, call) => {
      const { action, ...why } = operation;
      if (operation.action === "editAndRetry") {
        const { data, reason, seenActions } = operation;
        await deadLetters.editAndRetry.mutate({ id, data, reason, seenActions }, call);
      } else if (action === "retry") await deadLetters.retry.mutate({ id, ...why }, call);
      else await deadLetters.discard.mutate({ id, ...why }, call);
    },
    onDone: async () => {
      await look();
      onDone();
    },
    onRefused: ({ reason }) => reason === "ACTED_MEANWHILE" && look(),
  });
}

export type DeadLetterCommand = ReturnType<typeof useDeadLetterCommand>;
