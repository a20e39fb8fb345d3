import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn.ts";

export type RadioCardProps = Omit<ComponentProps<"input">, "type" | "title"> & {
  title: ReactNode;
  description?: ReactNode | undefined;
  /** At the right: a price, a balance, a small picture. */
  trail?: ReactNode | undefined;
};

/** One of few choices that deserve a line of explanation: delivery, payment, a variant. Put several in a RadioGroup. */
export function RadioCard({ title, description, trail, className, ...rest }: RadioCardProps) {
  return (
    <label
      className={cn(
        "flex items-start gap-3 rounded-md border border-line-strong bg-surface p-4 transition-[border-color,box-shadow,background-color] console:p-3",
        "hover:border-field has-checked:border-accent has-checked:bg-accent-soft/45 has-checked:ring-1 has-checked:ring-accent has-disabled:bg-sunken has-disabled:text-muted",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        className,
      )}
    >
      <input
        {...rest}
        type="radio"
        className="mt-[0.25em] size-4.5 shrink-0 appearance-none rounded-full border border-field bg-surface transition-[border-width] checked:border-[5px] checked:border-accent focus-visible:outline-none console:mt-0.5 console:size-4"
      />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        {description && <span className="mt-0.5 block text-sm text-muted">{description}</span>}
      </span>
      {trail !== undefined && <span className="shrink-0 font-medium">{trail}</span>}
    </label>
  );
}

export type RadioGroupProps = {
  legend: ReactNode;
  legendHidden?: boolean | undefined;
  error?: ReactNode | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/** The question that its radios answer. */
export function RadioGroup({ legend, legendHidden = false, error, className, children }: RadioGroupProps) {
  return (
    <fieldset className="min-w-0">
      <legend className={legendHidden ? "sr-only" : "mb-2 text-sm font-medium text-ink-soft"}>{legend}</legend>
      <div className={cn("grid gap-2.5", className)}>{children}</div>
      {error && (
        <p role="alert" className="mt-2 text-sm text-failed">
          {error}
        </p>
      )}
    </fieldset>
  );
}
