"use client";
/** The key `/` on every list: to the first field by which it is searched or filtered, which opens where it was folded in. */
import { useRef } from "react";
import { useShortcuts } from "./shortcuts.tsx";

export function useSearchKey<Box extends HTMLElement>() {
  const box = useRef<Box>(null);
  useShortcuts({
    "/": () => {
      if (box.current instanceof HTMLDetailsElement) box.current.open = true;
      box.current?.querySelector<HTMLElement>("select, input")?.focus();
    },
  });
  return box;
}
