import type { ComponentProps } from "react";
import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style.ts";
import { PressButton } from "./press-button.tsx";
import { Spinner } from "./spinner.tsx";

export type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Shows a spinner in place of the label at the same width and stops further clicks. */
  loading?: boolean | undefined;
};

/** An action on this page. One primary per view; danger only for what cannot be undone. */
export function Button({
  variant = "secondary",
  size = "md",
  loading = false,
  className,
  children,
  disabled,
  type = "button",
  onClick,
  ...rest
}: ButtonProps) {
  // What does nothing without the page's code waits for it; what has no handler, or an address to post to, stays a server component.
  const needsCode = onClick !== undefined || (type === "submit" && rest.formAction === undefined);
  const Element = needsCode ? PressButton : "button";
  return (
    <Element
      {...rest}
      // While loading it neither submits nor clicks.
      type={loading ? "button" : type}
      aria-busy={loading || undefined}
      // Not `disabled` while loading: that would drop the keyboard focus the person still needs.
      aria-disabled={loading || undefined}
      disabled={disabled}
      onClick={loading ? undefined : onClick}
      className={buttonStyle(variant, size, loading ? `relative ${className ?? ""}` : className)}
    >
      {loading ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-[inherit] opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </Element>
  );
}
