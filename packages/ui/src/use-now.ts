"use client";
import { useSyncExternalStore } from "react";

// One clock for the whole page: fifty rows that say "3 min ago" share one timer and change together.
const tick_ms = 1000;
const listeners = new Set<() => void>();
let now_ms = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now_ms = Date.now();
    for (const each of listeners) each();
  }, tick_ms);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function read(): number {
  if (now_ms === 0 || timer === undefined) now_ms = Math.max(now_ms, Math.floor(Date.now() / tick_ms) * tick_ms);
  return now_ms;
}

/** The time now in ms, once a second; `undefined` on the server and in the first paint, so that both agree. */
export function useNow(): number | undefined {
  return useSyncExternalStore<number | undefined>(subscribe, read, () => undefined);
}

const never = () => () => {};

/** Whether the page has come alive in the browser: false on the server and in the first paint. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
