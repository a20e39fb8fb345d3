"use client";
/** Pausing and resuming a projection or a consumer, and why it may not be done. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC } from "../console/trpc.ts";
import type { Subscription } from "./subscription-state.ts";

export type SubscriptionKind = "projection" | "consumer";

export function useSwitch(kind: SubscriptionKind, { name, status }: Subscription) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const procedures = kind === "projection" ? trpc.projections : trpc.consumers;
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: procedures.list.queryKey() });
  const pause = useMutation(procedures.pause.mutationOptions({ onSuccess }));
  const resume = useMutation(procedures.resume.mutationOptions({ onSuccess }));
  const isPaused = status === "paused";
  const change = isPaused ? resume : pause;
  const failed = pause.error ?? resume.error;
  return {
    isPaused,
    isPending: change.isPending,
    whyNot,
    /** What was refused, or did not get through. */
    refusal: failed === null ? undefined : failureOf(failed).message,
    act: () => {
      pause.reset();
      resume.reset();
      change.mutate({ name });
    },
  };
}

export type Switch = ReturnType<typeof useSwitch>;
