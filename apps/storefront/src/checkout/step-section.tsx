"use client";
/** A step of the checkout: open, finished with its summary, or still to come. Takes the focus when one comes to it. */
import { Button, cn, VisuallyHidden } from "@tillstream/ui";
import { useEffect, useRef, type ReactNode } from "react";
import { STEP_TITLES, type StepName } from "./steps.ts";

interface StepSectionProps {
  readonly step: StepName;
  readonly state: "open" | "done" | "ahead";
  /** What a finished step says of itself. */
  readonly summary?: ReactNode;
  /** Absent while nothing may be changed. */
  readonly onEdit?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function StepSection({ step, state, summary, onEdit, children }: StepSectionProps) {
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);
  useEffect(() => {
    const opens = state === "open" && before.current !== "open";
    before.current = state;
    // What is inside may have taken it, such as the word that a card was declined.
    if (opens && section.current?.contains(document.activeElement) !== true) heading.current?.focus();
  }, [state]);
  const title = STEP_TITLES[step];
  return (
    <section ref={section} aria-label={title} className="border-t border-line py-6">
      <div className="flex min-h-9 items-center justify-between gap-4">
        <h2
          ref={heading}
          tabIndex={-1}
          aria-current={state === "open" ? "step" : undefined}
          className={cn("heading scroll-mt-8 text-2xl outline-none", state === "ahead" && "text-muted")}
        >
          {title}
        </h2>
        {state === "done" && onEdit !== undefined && (
          <Button size="sm" variant="ghost" onClick={onEdit}>
            Edit
            <VisuallyHidden> {title.toLowerCase()}</VisuallyHidden>
          </Button>
        )}
      </div>
      {state === "open" && <div className="mt-5">{children}</div>}
      {state === "done" && <div className="mt-1 text-ink-soft">{summary}</div>}
    </section>
  );
}
