"use client";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
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

function show({ kind, message, options: { duration_ms, ...options } }: PendingToast): void {
  const settings = duration_ms === undefined ? options : { ...options, duration: duration_ms };
  if (kind === "plain") toast(message, settings);
  else toast[kind](message, settings);
}
