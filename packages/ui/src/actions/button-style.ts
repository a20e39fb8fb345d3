import { cn } from "../cn.ts";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const variants = {
  primary: "bg-accent text-accent-ink shadow-sm hover:bg-accent-hover active:translate-y-px",
  secondary: "bg-surface text-ink ring-1 ring-inset ring-line-strong shop:shadow-sm hover:bg-sunken hover:ring-field",
  ghost: "text-ink-soft hover:bg-accent-soft hover:text-ink",
  danger: "bg-danger text-danger-ink shadow-sm hover:brightness-92 active:translate-y-px",
} satisfies Record<ButtonVariant, string>;

const sizes = {
  sm: "h-control-sm gap-1.5 px-2.5 text-sm shop:px-3.5",
  md: "h-control gap-2 px-3 text-base shop:px-5",
  lg: "h-control-lg gap-2.5 px-4 text-base shop:px-7",
} satisfies Record<ButtonSize, string>;

const common =
  "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium no-underline " +
  "transition-[background-color,box-shadow,color,translate,filter] disabled:not-data-asleep:opacity-50 " +
  "data-asleep:animate-asleep data-asleep:cursor-progress not-aria-busy:aria-disabled:opacity-50 " +
  "aria-busy:cursor-progress [&_svg]:shrink-0";

/** The look shared by buttons and by links that act as buttons. */
export function buttonStyle(variant: ButtonVariant = "secondary", size: ButtonSize = "md", className?: string): string {
  return cn(common, variants[variant], sizes[size], className);
}
