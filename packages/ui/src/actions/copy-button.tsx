"use client";
import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useEffect, useState } from "react";
import { cn } from "../cn.ts";
import { PressButton } from "./press-button.tsx";

const confirmation_ms = 1600;

export type CopyButtonProps = {
  text: string;
  /** What is copied: "event id", "payload". Becomes "Copy event id". */
  what: string;
  /** Shows the words beside the icon. */
  labelled?: boolean | undefined;
  className?: string | undefined;
};

/** Copies a text to the clipboard and says so, in the icon and to screen readers. */
export function CopyButton({ text, what, labelled = false, className }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), confirmation_ms);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    // Absent outside secure contexts: a console opened over plain http must not throw.
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    written.then(
      () => setState("copied"),
      () => setState("refused"),
    );
  };
  const said = { idle: `Copy ${what}`, copied: "Copied", refused: "Could not copy" }[state];
  return (
    <PressButton
      type="button"
      onClick={copy}
      title={said}
      aria-label={`Copy ${what}`}
      className={cn(
        "inline-flex h-6 min-w-6 items-center justify-center gap-1.5 rounded-sm px-1 text-sm text-muted transition-colors hover:bg-accent-soft hover:text-ink",
        state === "copied" && "text-done",
        className,
      )}
    >
      {state === "copied" ? <Check size={13} aria-hidden="true" /> : <Copy size={13} aria-hidden="true" />}
      {labelled && <span>{said}</span>}
      <span role="status" className="sr-only">
        {state === "idle" ? "" : said}
      </span>
    </PressButton>
  );
}
