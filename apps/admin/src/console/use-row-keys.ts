"use client";
/** Moving through a list by keyboard: j and k choose a row, which takes the focus from the button that had it; Enter opens it. */
import { useEffect, useRef, useState } from "react";
import { useShortcuts } from "./shortcuts.tsx";

/** `keys` are the rows' own keys, so that the choice stays with its row when others come and go. */
export function useRowKeys(keys: readonly string[], onOpen: (key: string) => void) {
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const rows = useRef(new Map<string, HTMLElement>());
  const index = chosen === undefined ? -1 : keys.indexOf(chosen);
  const choose = (next: number) => setChosen(keys[Math.max(0, Math.min(keys.length - 1, next))]);
  const open = (event: KeyboardEvent) => {
    // On a link or a button Enter belongs to that control.
    const onControl = event.target instanceof Element && event.target.closest("a, button, summary") !== null;
    if (onControl) return (event.target as HTMLElement).click();
    if (chosen !== undefined && index >= 0) onOpen(chosen);
  };
  const shortcuts = { j: () => choose(index + 1), k: () => choose(index < 0 ? 0 : index - 1), Enter: open };
  useShortcuts(keys.length === 0 ? {} : shortcuts); // an empty list leaves the keys to another one of the page
  useEffect(() => {
    const row = chosen === undefined ? undefined : rows.current.get(chosen);
    if (row === undefined) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return {
    chosen: index < 0 ? undefined : chosen,
    rowRef: (key: string) => (row: HTMLElement | null) => {
      if (row === null) rows.current.delete(key);
      else rows.current.set(key, row);
    },
  };
}
