"use client";
import type { ComponentProps } from "react";
import { useHydrated } from "../use-now.ts";

/**
 * A button whose press is never lost: it cannot be pressed before the page's code is there to hear it. That is shown
 * only when it takes long (`asleep` in theme.css), so that nothing flickers as a page opens.
 */
export function PressButton({ disabled = false, ...rest }: ComponentProps<"button">) {
  const asleep = !useHydrated() && !disabled;
  return <button {...rest} disabled={disabled || asleep} data-asleep={asleep ? "" : undefined} />;
}
