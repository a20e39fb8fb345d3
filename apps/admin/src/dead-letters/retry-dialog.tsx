"use client";
/** Asks how many parked dead letters of a group to retry, how fast, and why. The oldest come first. */
import { Checkbox } from "@tillstream/ui";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { usePace } from "../console/use-pace.tsx";
import { countOf, type DeadLetterGroup } from "./dead-letter-state.ts";
import { useGroupRetry } from "./use-group-retry.ts";
import { useRetries } from "./use-retries.ts";

/** The most that one retry may have. */
const LETTERS_MAX = 10_000;

interface RetryDialogProps {
  readonly group: DeadLetterGroup;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RetryDialog({ group, open, onOpenChange }: RetryDialogProps) {
  const { consumer, fingerprint, parked } = group;
  const latest = useRetries().data?.[0]?.id ?? "0";
  const [stopOnFailure, setStopOnFailure] = useState(true);
  const pace = usePace({ count: parked, max: LETTERS_MAX, what: "Dead letters" });
  const { touched, perSecond, isValid } = pace;
  const retry = useGroupRetry(() => onOpenChange(false));
  const confirm = (reason: string) => {
    if (!isValid) return;
    const howMany = { consumer, fingerprint, limit: touched, seenRetry: latest };
    void retry.run({ ...howMany, perSecond, stopOnFailure, reason });
  };
  return (
    <CommandDialog
      command={retry}
      what="the retry"
      typed={(retry.pending ?? retry.kept)?.reason}
      open={open}
      onOpenChange={onOpenChange}
      title={`Retry ${countOf(touched, "dead letter")} of ${consumer}?`}
      confirmLabel={`Retry ${touched.toLocaleString("en-US")}`}
      danger={false}
      reasonLabel="Reason"
      onConfirm={confirm}
    >
      <div className="space-y-3">
        <p>
          {countOf(parked, "dead letter")} of this kind {parked === 1 ? "is" : "are"} parked; the oldest are retried
          first. Events that wait behind one of them follow by themselves once it is delivered.
        </p>
        {pace.fields}
        <Checkbox
          label="Stop at the first failure"
          hint="Those not yet retried are then parked again; what is under way at that moment still ends."
          checked={stopOnFailure}
          onChange={(event) => setStopOnFailure(event.target.checked)}
        />
      </div>
    </CommandDialog>
  );
}
