"use client";
/** The field for a discount code: applied by the server's quote, or told there why it takes nothing off. */
import { Button, Field, TextInput } from "@tillstream/ui";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { QuoteNow } from "./use-quote.ts";

interface DiscountCodeProps {
  /** As it was applied; empty for none. */
  readonly applied: string;
  readonly pricing: QuoteNow;
  /** While an order is under way nothing is changed. */
  readonly disabled: boolean;
  readonly onChange: (code: string) => void;
}

const LENGTH_MAX = 40;

export function DiscountCode({ applied, pricing: { quote, isCurrent, again }, disabled, onChange }: DiscountCodeProps) {
  const [typed, setTyped] = useState(applied);
  const [isMissing, setMissing] = useState(false);
  /** The code that was there is out: by its button, or since the field was emptied. */
  const [isOut, setOut] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const discount = applied === "" ? null : (quote?.price.discount ?? null);
  const problem = applied === "" ? undefined : quote?.discountProblem?.message;

  function apply(event: FormEvent): void {
    event.preventDefault();
    const code = typed.trim();
    setMissing(code === "" && applied === "" && !isOut);
    if (code === "") return applied === "" ? undefined : remove();
    if (code === applied) again();
    else onChange(code);
  }

  function remove(): void {
    setTyped("");
    setOut(true);
    onChange("");
    around.current?.focus(); // the button goes
  }

  return (
    <div ref={around} tabIndex={-1} className="border-t border-line pt-4 outline-none">
      <div role="status">
        {discount !== null && <Applied code={discount.code} disabled={disabled} onRemove={remove} />}
        {isOut && typed.trim() === "" && <p className="mb-2 text-sm text-muted">No code is applied.</p>}
      </div>
      {discount === null && (
        <form onSubmit={apply} className="flex items-start gap-2">
          <Field
            id="discountCode"
            label="Discount code"
            error={isMissing ? "Enter a code" : problem}
            className="flex-1"
          >
            <TextInput
              name="discountCode"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={LENGTH_MAX}
              disabled={disabled}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setMissing(false);
                if (applied === "") return;
                setOut(true);
                onChange("");
              }}
            />
          </Field>
          <div className="mt-7 flex flex-col gap-2">
            <Button type="submit" disabled={disabled} loading={applied !== "" && !isCurrent}>
              Apply
            </Button>
            {problem !== undefined && (
              <Button size="sm" variant="ghost" disabled={disabled} onClick={remove}>
                Remove code
              </Button>
            )}
          </div>
        </form>
      )}
    </div>
  );
}

interface AppliedProps {
  readonly code: string;
  readonly disabled: boolean;
  readonly onRemove: () => void;
}

/** Where the reader is left when the field that they applied it in is gone. */
function Applied({ code, disabled, onRemove }: AppliedProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <div className="flex items-center justify-between gap-3">
      <span>
        Code <span className="figures font-medium">{code}</span> applied
      </span>
      <Button ref={button} size="sm" variant="ghost" disabled={disabled} onClick={onRemove}>
        Remove code
      </Button>
    </div>
  );
}
