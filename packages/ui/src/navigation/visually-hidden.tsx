import type { ReactNode } from "react";

/** Said by screen readers, not shown. `live` announces each change of its text. */
export function VisuallyHidden({ live, children }: { live?: "polite" | "assertive" | undefined; children: ReactNode }) {
  return (
    <span className="sr-only" aria-live={live}>
      {children}
    </span>
  );
}
