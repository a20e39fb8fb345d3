"use client";
import Minus from "lucide-react/icons/minus";
import Plus from "lucide-react/icons/plus";
import { useState } from "react";
import { cn } from "../cn.ts";
import { clampQuantity } from "./quantity.ts";

export type QuantityStepperProps = {
  value: number;
  /** Called once per settled change: a click, or a typed value on Enter or when leaving the field. */
  onChange: (quantity: number) => void;
  min?: number | undefined;
  max?: number | undefined;
  /** Of what: "Stoneware mug, moss". Names the group and both buttons. */
  label: string;
  disabled?: boolean | undefined;
  size?: "sm" | "md" | undefined;
};

/** Fewer, a typed number, more. A value out of range is brought back into it rather than refused. */
export function QuantityStepper({
  value,
  onChange,
  min = 1,
  max = 99,
  label,
  disabled = false,
  size = "md",
}: QuantityStepperProps) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const step = (by: number) => {
    const next = clampQuantity(value + by, value, min, max);
    if (next !== value) onChange(next);
  };
  const settle = () => {
    if (draft === undefined) return;
    const next = draft.trim() === "" ? value : clampQuantity(Number(draft), value, min, max);
    setDraft(undefined);
    if (next !== value) onChange(next);
  };
  const height = size === "sm" ? "h-control-sm" : "h-control";
  const part = cn(
    "grid w-9 shrink-0 place-items-center text-ink-soft transition-colors hover:bg-sunken hover:text-ink aria-disabled:text-muted aria-disabled:opacity-45 disabled:opacity-50 console:w-7",
    height,
  );
  return (
    <div
      role="group"
      aria-label={`Quantity of ${label}`}
      className={cn("inline-flex overflow-hidden rounded-md border border-field bg-surface", height)}
    >
      <button
        type="button"
        className={part}
        aria-label={`One fewer of ${label}`}
        aria-disabled={value <= min || undefined}
        disabled={disabled}
        onClick={() => step(-1)}
      >
        <Minus size={15} aria-hidden="true" />
      </button>
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={`Quantity of ${label}`}
        disabled={disabled}
        value={draft ?? String(value)}
        onChange={(event) => setDraft(event.target.value.replace(/\D/g, "").slice(0, 4))}
        onFocus={(event) => event.target.select()}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            settle();
          }
          if (event.key === "Escape") setDraft(undefined);
          if (event.key === "ArrowUp") {
            event.preventDefault();
            step(1);
          }
          if (event.key === "ArrowDown") {
            event.preventDefault();
            step(-1);
          }
        }}
        className="figures w-10 min-w-0 border-x border-line bg-transparent text-center text-base focus-visible:outline-offset-[-2px] disabled:text-muted"
      />
      <button
        type="button"
        className={part}
        aria-label={`One more of ${label}`}
        aria-disabled={value >= max || undefined}
        disabled={disabled}
        onClick={() => step(1)}
      >
        <Plus size={15} aria-hidden="true" />
      </button>
    </div>
  );
}
