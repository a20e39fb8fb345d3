"use client";
import ChevronDown from "lucide-react/icons/chevron-down";
import type { ComponentProps } from "react";
import { cn } from "../cn.ts";
import { controlStyle } from "./control-style.ts";
import { useFieldControl } from "./field.tsx";

export type SelectOption = { value: string; label: string; disabled?: boolean | undefined };
export type SelectProps = Omit<ComponentProps<"select">, "multiple" | "size"> & {
  /** The choices; or give <option> children instead. */
  options?: readonly SelectOption[] | undefined;
};

/** The platform's own select, dressed: right on phones, with keyboard and with screen readers, at no cost. */
export function Select({ options, children, className, ...rest }: SelectProps) {
  const control = useFieldControl();
  return (
    <span className={cn("relative block min-w-0", className)}>
      <select
        {...control}
        {...rest}
        className={cn(controlStyle, "h-control appearance-none truncate pr-9 console:pr-7")}
      >
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-3 my-auto text-muted console:right-2"
      />
    </span>
  );
}
