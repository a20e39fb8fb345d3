"use client";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn.ts";
import { controlStyle } from "./control-style.ts";
import { useFieldControl } from "./field.tsx";

export type TextInputProps = ComponentProps<"input"> & {
  /** An icon or a unit at the start of the field, inside it. */
  lead?: ReactNode | undefined;
  /** A unit, a key hint or a button at the end of the field, inside it. */
  trail?: ReactNode | undefined;
  /** Digits of equal width in the mono face: ids, positions, amounts. */
  mono?: boolean | undefined;
};

/** One line of text. Inside a Field it takes its label, hint and error from there. */
export function TextInput({ lead, trail, mono = false, className, type = "text", ...rest }: TextInputProps) {
  const control = useFieldControl();
  const input = (
    <input
      {...control}
      {...rest}
      type={type}
      className={cn(
        controlStyle,
        "h-control",
        mono && "figures font-mono",
        lead !== undefined && "pl-10 console:pl-8",
        trail !== undefined && "pr-10 console:pr-8",
        className,
      )}
    />
  );
  if (lead === undefined && trail === undefined) return input;
  const slot =
    "pointer-events-none absolute inset-y-0 grid w-10 place-items-center text-muted console:w-8 [&>button]:pointer-events-auto";
  return (
    <span className="relative block min-w-0">
      {lead !== undefined && <span className={cn(slot, "left-0")}>{lead}</span>}
      {input}
      {trail !== undefined && <span className={cn(slot, "right-0")}>{trail}</span>}
    </span>
  );
}
