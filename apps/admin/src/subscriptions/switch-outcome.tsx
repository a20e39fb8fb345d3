"use client";
/** What became of pausing or resuming: refused, or not known. Nothing when it worked. */
import { isUnsettled } from "@tillstream/trpc/commands";
import { Banner } from "@tillstream/ui";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import type { Switch } from "./use-switch.ts";

export function SwitchOutcome({ of: { change } }: { of: Switch }) {
  if (isUnsettled(change)) {
    return <OutcomeUnknown what={change.pending?.to === "resume" ? "the resume" : "the pause"} command={change} />;
  }
  if (change.state !== "refused" || change.failure === undefined) return null;
  return (
    <Banner tone="failed" role="alert">
      <FailureText failure={change.failure} />
    </Banner>
  );
}
