"use client";
/** The step of the checkout in the address: Back works, and a reload stays. */
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { stepFor, type StepName } from "./steps.ts";

const addressOf = (step: StepName) => `?step=${step}`;

/** @param reachable as far as one may go; who asks for more is there */
export function useStep(reachable: StepName): { readonly step: StepName; go(next: StepName): void } {
  const wanted = useSearchParams().get("step");
  const step = stepFor(wanted, reachable);
  // From here on it is this step, also while what is typed there begins to be right.
  useEffect(() => {
    if (wanted !== step) window.history.replaceState(null, "", addressOf(step));
  }, [wanted, step]);
  return {
    step,
    go(next) {
      if (next !== step) window.history.pushState(null, "", addressOf(next));
    },
  };
}
