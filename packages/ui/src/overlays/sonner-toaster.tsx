"use client";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { giveBack } from "./focus-return.ts";
import { takeOver, type PendingToast } from "./toast-queue.ts";

/** The library's toaster in our clothes. Loaded by Toaster with the first toast. */
export default function SonnerToaster() {
  // A child's effects run first: Sonner already listens when the waiting toasts are handed over.
  useEffect(() => takeOver(show), []);
  return (
    <Sonner
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "floating flex w-full items-center gap-3 rounded-md px-4 py-3 font-sans text-base text-ink",
          title: "font-medium",
          description: "text-sm text-muted",
          content: "min-w-0 flex-1",
          icon: "[&_svg]:size-4",
          actionButton:
            "shrink-0 rounded-sm px-2 py-1 text-sm font-semibold text-accent-text underline underline-offset-3",
          success: "[&_[data-icon]]:text-done",
          error: "ring-1 ring-failed [&_[data-icon]]:text-failed",
        },
      }}
    />
  );
}

/** The last toast about each thing. */
const shown = new Map<string, string | number>();

function show({ kind, message, options: { about, action, duration_ms, ...options }, opener }: PendingToast): void {
  const settings = {
    ...options,
    ...(duration_ms !== undefined && { duration: duration_ms }),
    ...(action && { action: { label: action.label, onClick: () => leaveFor(opener, action.onClick) } }),
  };
  const before = about === undefined ? undefined : shown.get(about);
  // Not the same toast with other words: one that is going away takes them with it.
  if (before !== undefined) toast.dismiss(before);
  const id = kind === "plain" ? toast(message, settings) : toast[kind](message, settings);
  if (about !== undefined) shown.set(about, id);
}

/** The button that has the focus goes away with its toast. What it does may take the focus further. */
function leaveFor(opener: Element | null, act: () => void): void {
  // Sonner answers a blur by focusing what had the focus before: that is over first.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  giveBack(opener);
  act();
}
