"use client";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { isWanted, onWanted } from "./toast-queue.ts";

const SonnerToaster = lazy(() => import("./sonner-toaster.tsx"));

/** Where toasts appear; once per app, in the layout. For confirmations and Undo only: a refusal belongs where the action was. */
export function Toaster() {
  const wanted = useSyncExternalStore(onWanted, isWanted, () => false);
  return wanted ? (
    <Suspense>
      <SonnerToaster />
    </Suspense>
  ) : null;
}
