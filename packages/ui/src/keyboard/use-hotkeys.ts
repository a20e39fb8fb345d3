"use client";
import { useEffect, useRef } from "react";
import { isTyping, matchesHotkey } from "./hotkey.ts";

export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

interface HotkeyOptions {
  enabled?: boolean | undefined;
  /** Also from a field: only for combinations with `mod`, which type nothing. */
  whileTyping?: boolean | undefined;
}

/** Shortcuts while the component is on the page: `{ "mod+k": open, j: next }`. Ignored while typing, or when not `enabled`. */
export function useHotkeys(hotkeys: Hotkeys, { enabled = true, whileTyping = false }: HotkeyOptions = {}): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || (!whileTyping && isTyping(event.target))) return;
      const hit = Object.entries(latest.current).find(([combination]) => matchesHotkey(event, combination));
      if (hit === undefined) return;
      event.preventDefault();
      hit[1](event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [enabled, whileTyping]);
}
