"use client";
/** How many of a group are retried, and how many in a second. */
import { Field, RadioCard, RadioGroup, TextInput } from "@tillstream/ui";
import { useState, type ReactNode } from "react";

const STEPS = [1, 10, 100] as const;
const PER_SECOND = 10;
const PER_SECOND_MAX = 1_000;

interface Pace {
  readonly touched: number;
  readonly perSecond: number;
  /** False while the pace is not a number that may be. */
  readonly isValid: boolean;
  readonly fields: ReactNode;
}

interface Group {
  /** As it is now. */
  readonly count: number;
  /** The most that one retry may have. */
  readonly max: number;
  /** What is retried: "Dead letters". */
  readonly what: string;
}

export function usePace({ count, max, what }: Group): Pace {
  const [upTo, setUpTo] = useState<number>(1);
  const [typed, setTyped] = useState(String(PER_SECOND));
  const perSecond = Number(typed);
  const isValid = perSecond > 0 && perSecond <= PER_SECOND_MAX;
  const choices = [...STEPS.filter((step) => step === 1 || step < count), ...(count > 1 ? [max] : [])];
  const fields = (
    <>
      <RadioGroup legend="How many" className="grid-cols-2 sm:grid-cols-4">
        {choices.map((choice) => (
          <RadioCard
            key={choice}
            name="howMany"
            title={choice === max ? `All ${Math.min(count, max).toLocaleString("en-US")}` : choice}
            checked={upTo === choice}
            onChange={() => setUpTo(choice)}
          />
        ))}
      </RadioGroup>
      <Field
        label={`${what} a second`}
        error={isValid ? undefined : `Enter a number above 0, up to ${PER_SECOND_MAX.toLocaleString("en-US")}.`}
      >
        <TextInput
          inputMode="decimal"
          mono
          className="w-24"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
    </>
  );
  return { touched: Math.min(upTo, count, max), perSecond, isValid, fields };
}
