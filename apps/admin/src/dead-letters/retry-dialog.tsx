"use client";
/** Asks how many parked dead letters of a group to retry, how fast, and why. The oldest come first. */
import { Checkbox, Field, RadioCard, RadioGroup, TextInput } from "@tillstream/ui";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { countOf, type DeadLetterGroup } from "./dead-letter-state.ts";
import { useGroupRetry } from "./use-group-retry.ts";
import { useRetries } from "./use-retries.ts";

const STEPS = [1, 10, 100] as const;
/** The most that one retry may have. */
const LETTERS_MAX = 10_000;
const PER_SECOND = 10;
const PER_SECOND_MAX = 1_000;

interface RetryDialogProps {
  readonly group: DeadLetterGroup;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RetryDialog({ group, open, onOpenChange }: RetryDialogProps) {
  const { consumer, fingerprint, parked } = group;
  const latest = useRetries().data?.[0]?.id ?? "0";
  const [upTo, setUpTo] = useState<number>(1);
  const [perSecond, setPerSecond] = useState(String(PER_SECOND));
  const [stopOnFailure, setStopOnFailure] = useState(true);
  const touched = Math.min(upTo, parked, LETTERS_MAX);
  const pace = Number(perSecond);
  const paceError = pace > 0 && pace <= PER_SECOND_MAX ? undefined : `Enter a number above 0, up to ${PER_SECOND_MAX}.`;
  const retry = useGroupRetry(() => onOpenChange(false));
  const confirm = (reason: string) => {
    if (paceError !== undefined) return;
    const howMany = { consumer, fingerprint, limit: touched, seenRetry: latest };
    void retry.run({ ...howMany, perSecond: pace, stopOnFailure, reason });
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
        <RadioGroup legend="How many" className="grid-cols-2 sm:grid-cols-4">
          {STEPS.filter((step) => step === 1 || step < parked).map((step) => (
            <RadioCard
              key={step}
              name="deadLetters"
              title={step}
              checked={upTo === step}
              onChange={() => setUpTo(step)}
            />
          ))}
          {parked > 1 && (
            <RadioCard
              name="deadLetters"
              title={`All ${Math.min(parked, LETTERS_MAX).toLocaleString("en-US")}`}
              checked={upTo === LETTERS_MAX}
              onChange={() => setUpTo(LETTERS_MAX)}
            />
          )}
        </RadioGroup>
        <Field label="Dead letters a second" error={paceError}>
          <TextInput
            inputMode="decimal"
            mono
            className="w-24"
            value={perSecond}
            onChange={(event) => setPerSecond(event.target.value)}
          />
        </Field>
        <Checkbox
          label="Stop at the first failure"
          hint="Those not yet retried are then parked again."
          checked={stopOnFailure}
          onChange={(event) => setStopOnFailure(event.target.checked)}
        />
      </div>
    </CommandDialog>
  );
}
