import type { ReactNode } from "react";

/** A key on the keyboard, as shown in help and beside the action it triggers. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-b-2 border-line-strong bg-surface px-1 font-mono text-xs text-ink-soft">
      {children}
    </kbd>
  );
}
