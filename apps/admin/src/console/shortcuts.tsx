"use client";
/** Keyboard shortcuts, which a person may turn off for good: single keys get in the way of some assistive tools. */
import { useHotkeys, type Hotkeys } from "@tillstream/ui";
import { createContext, use, useCallback, useMemo, useSyncExternalStore, type ReactNode } from "react";

const STORAGE_KEY = "tillstream.shortcuts";
const CHANGED = "tillstream:shortcuts";

interface Shortcuts {
  readonly enabled: boolean;
  setEnabled(enabled: boolean): void;
}

const ShortcutsContext = createContext<Shortcuts>({ enabled: true, setEnabled: () => undefined });

function subscribe(listener: () => void): () => void {
  addEventListener("storage", listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener("storage", listener);
    removeEventListener(CHANGED, listener);
  };
}

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const enabled = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(STORAGE_KEY) !== "off",
    () => true,
  );
  const setEnabled = useCallback((next: boolean) => {
    localStorage.setItem(STORAGE_KEY, next ? "on" : "off");
    dispatchEvent(new Event(CHANGED));
  }, []);
  const shortcuts = useMemo(() => ({ enabled, setEnabled }), [enabled, setEnabled]);
  return <ShortcutsContext value={shortcuts}>{children}</ShortcutsContext>;
}

export function useShortcutsSetting(): Shortcuts {
  return use(ShortcutsContext);
}

/** Shortcuts of a component, as long as they are turned on. */
export function useShortcuts(hotkeys: Hotkeys): void {
  useHotkeys(hotkeys, { enabled: use(ShortcutsContext).enabled });
}
