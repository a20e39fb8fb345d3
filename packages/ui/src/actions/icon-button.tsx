import type { ComponentProps, ReactNode } from "react";
import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style.ts";
import { PressButton } from "./press-button.tsx";

const squares = { sm: "w-control-sm", md: "w-control", lg: "w-control-lg" } satisfies Record<ButtonSize, string>;

export type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label"> & {
  /** What it does, for screen readers and the native hover text. Put the count in it when there is one. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** A small figure on the corner, such as the items in the cart; 0 shows nothing, over 99 shows 99+. */
  count?: number | undefined;
};

/** A square button with only an icon; the label is required because the icon alone says nothing to many. */
export function IconButton({
  label,
  icon,
  variant = "ghost",
  size = "md",
  count = 0,
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  const Element = rest.onClick === undefined ? "button" : PressButton;
  return (
    <Element
      {...rest}
      type={type}
      aria-label={label}
      title={rest.title ?? label}
      className={buttonStyle(variant, size, `relative px-0 shop:px-0 ${squares[size]} ${className ?? ""}`)}
    >
      {icon}
      {count > 0 && <CountDot count={count} />}
    </Element>
  );
}

/** The figure on the corner of an icon; its meaning must be in the accessible name of what holds it. */
export function CountDot({ count }: { count: number }) {
  return (
    <span
      aria-hidden="true"
      className="figures absolute top-0.5 right-0 console:-top-0.5 console:-right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 text-[0.6875rem] leading-none font-semibold text-accent-ink ring-2 ring-canvas"
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
