"use client";
import Minus from "lucide-react/icons/minus";
import Plus from "lucide-react/icons/plus";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { PressButton } from "../actions/press-button.tsx";
import { cn } from "../cn.ts";
import { quantityProblem, readQuantity, stepQuantity } from "./quantity.ts";

export type QuantityStepperProps = {
  value: number;
  /** Called once per settled change: a click, or a typed value on Enter or when leaving the field. */
  onChange: (quantity: number) => void;
  min?: number | undefined;
  max?: number | undefined;
  /** What is counted: "Stoneware mug, moss". Names the field and both buttons. */
  of: string;
  /** In a form. */
  name?: string | undefined;
  disabled?: boolean | undefined;
  size?: "sm" | "md" | undefined;
};

/** Fewer, a typed number, more. What cannot be a quantity stays in sight with the rule, and the quantity before it stays in force. */
export function QuantityStepper({
  value,
  onChange,
  min = 1,
  max = 99,
  of,
  name,
  disabled = false,
  size = "md",
}: QuantityStepperProps) {
  const range = { min, max };
  const problemId = useId();
  const [draft, setDraft] = useState<string>();
  /** A mistake is not pointed out while it is still being typed. */
  const [settled, setSettled] = useState(true);
  const typed = draft === undefined ? value : readQuantity(draft, range);
  const hasProblem = settled && typed === undefined;

  function change(next: number): void {
    setDraft(undefined);
    setSettled(true);
    if (next !== value) onChange(next);
  }
  const step = (by: number): void => change(stepQuantity(typed ?? value, by, range));
  const settle = (): void => (typed === undefined ? setSettled(true) : change(typed));

  function onKeyDown(event: KeyboardEvent): void {
    const act = {
      Enter: settle,
      Escape: () => change(value),
      ArrowUp: () => step(1),
      ArrowDown: () => step(-1),
    }[event.key];
    if (act === undefined) return;
    if (event.key !== "Escape") event.preventDefault(); // a drawer round it closes by that key
    act();
  }

  const height = size === "sm" ? "h-control-sm" : "h-control";
  const button = (by: 1 | -1, label: string, icon: ReactNode) => (
    <PressButton
      type="button"
      className={cn(
        "grid w-9 shrink-0 place-items-center text-ink-soft transition-colors hover:bg-sunken focus-visible:outline-offset-[-2px] hover:text-ink aria-disabled:text-muted aria-disabled:opacity-45 disabled:opacity-50 console:w-7",
        height,
      )}
      aria-label={label}
      aria-disabled={stepQuantity(typed ?? value, by, range) === (typed ?? value) || undefined}
      disabled={disabled}
      onClick={() => step(by)}
    >
      {icon}
    </PressButton>
  );
  return (
    <div className="grid min-w-0 justify-items-start gap-1">
      <div
        className={cn(
          "inline-flex overflow-hidden rounded-md border bg-surface",
          hasProblem ? "border-failed" : "border-field",
          height,
        )}
      >
        {button(-1, `One fewer of ${of}`, <Minus size={15} aria-hidden="true" />)}
        <input
          name={name}
          data-quantity
          inputMode="numeric"
          autoComplete="off"
          aria-label={`Quantity of ${of}`}
          aria-invalid={hasProblem || undefined}
          aria-describedby={hasProblem ? problemId : undefined}
          disabled={disabled}
          value={draft ?? String(value)}
          onChange={(event) => {
            setDraft(event.target.value);
            setSettled(false);
          }}
          onFocus={(event) => event.target.select()}
          onBlur={settle}
          onKeyDown={onKeyDown}
          className="figures w-10 min-w-0 border-x border-line bg-transparent text-center text-base focus-visible:outline-offset-[-2px] disabled:text-muted"
        />
        {button(1, `One more of ${of}`, <Plus size={15} aria-hidden="true" />)}
      </div>
      {hasProblem && (
        <p id={problemId} role="alert" className="max-w-56 text-sm text-failed">
          {quantityProblem(value, range)}
        </p>
      )}
    </div>
  );
}
