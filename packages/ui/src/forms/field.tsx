"use client";
import CircleAlert from "lucide-react/icons/circle-alert";
import { createContext, use, useId, type ReactNode } from "react";
import { cn } from "../cn.ts";

type FieldWiring = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean };
const FieldContext = createContext<FieldWiring | undefined>(undefined);

export type FieldProps = {
  label: ReactNode;
  /** Help that stays visible while typing. */
  hint?: ReactNode | undefined;
  /** What is wrong and how to fix it. Its presence marks the control invalid. */
  error?: ReactNode | undefined;
  required?: boolean | undefined;
  /** Says "optional" beside the label, for forms in which most fields are required. */
  optional?: boolean | undefined;
  /** Keeps the label for screen readers only, where a column head or an icon already says it. */
  labelHidden?: boolean | undefined;
  /** The control's id, so that an error summary can link to it. Made up when absent. */
  id?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/** Label, hint and error round one control, joined by aria. The control inside finds its ids by itself. */
export function Field({
  label,
  hint,
  error,
  required = false,
  optional = false,
  labelHidden = false,
  id: givenId,
  className,
  children,
}: FieldProps) {
  const madeId = useId();
  const id = givenId ?? madeId;
  const hasError = error !== undefined && error !== null && error !== false && error !== "";
  const described = [hint ? `${id}-hint` : "", hasError ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <FieldContext value={{ id, describedBy: described === "" ? undefined : described, invalid: hasError, required }}>
      <div className={cn("flex min-w-0 flex-col gap-1.5 console:gap-1", className)}>
        <label htmlFor={id} className={labelHidden ? "sr-only" : "text-sm font-medium text-ink-soft"}>
          {label}
          {optional && <span className="ml-1.5 font-normal text-muted">optional</span>}
        </label>
        {children}
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
        {hasError && (
          <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm text-failed">
            <CircleAlert size={14} aria-hidden="true" className="mt-[0.2em] shrink-0" />
            <span className="min-w-0 break-words">{error}</span>
          </p>
        )}
      </div>
    </FieldContext>
  );
}

/** The aria attributes of the control inside a Field; empty outside of one. For controls of your own. */
export function useFieldControl() {
  const wiring = use(FieldContext);
  if (wiring === undefined) return {};
  return {
    id: wiring.id,
    "aria-describedby": wiring.describedBy,
    "aria-invalid": wiring.invalid || undefined,
    "aria-required": wiring.required || undefined,
  };
}
