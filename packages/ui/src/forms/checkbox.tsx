import Check from "lucide-react/icons/check";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn.ts";

export type CheckboxProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  hint?: ReactNode | undefined;
  /** At the end of the row, right-aligned: the count of a facet. */
  trail?: ReactNode | undefined;
};

/** One yes or no, with its label as the target. Also the row of a facet. */
export function Checkbox({ label, hint, trail, className, ...rest }: CheckboxProps) {
  return (
    <label
      className={cn("flex min-h-6 items-start gap-2.5 text-base has-disabled:text-muted console:gap-2", className)}
    >
      <span className="relative mt-[0.3em] grid size-4.5 shrink-0 place-items-center console:mt-0.5 console:size-4">
        <input
          {...rest}
          type="checkbox"
          className="peer absolute inset-0 appearance-none rounded-sm border border-field bg-surface transition-colors checked:border-accent checked:bg-accent disabled:border-line disabled:bg-sunken"
        />
        <Check
          size={13}
          strokeWidth={3}
          aria-hidden="true"
          className="pointer-events-none relative text-accent-ink opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span className="min-w-0 flex-1">
        {label}
        {hint && <span className="block text-sm text-muted">{hint}</span>}
      </span>
      {trail !== undefined && <span className="figures text-sm leading-[inherit] text-muted">{trail}</span>}
    </label>
  );
}
