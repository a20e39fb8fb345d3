import { Link, type LinkProps } from "../link/link.tsx";
import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style.ts";

export type LinkButtonProps = LinkProps & { variant?: ButtonVariant | undefined; size?: ButtonSize | undefined };

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({ variant = "secondary", size = "md", className, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={buttonStyle(variant, size, className)} />;
}
