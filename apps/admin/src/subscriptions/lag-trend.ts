"use client";
/** The last minutes of a few figures, sampled from polling and kept in this browser tab across pages. */
import { useEffect, useSyncExternalStore } from "react";

export interface Sample {
  /** ISO 8601. */
  readonly at: string;
  readonly value: number;
}

/** What the charts show: three minutes, a sample every two seconds. */
export const TREND_WINDOW_MS = 3 * 60_000;
const SAMPLES_MAX = 90;

const series = new Map<string, readonly Sample[]>();
const listeners = new Set<() => void>();
const none: readonly Sample[] = [];

/** Adds one sample to each series; a repeat of the latest time adds nothing. */
export function record(at: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    const samples = series.get(name) ?? none;
    if (samples.at(-1)?.at === at) continue;
    series.set(name, [...samples, { at, value }].slice(-SAMPLES_MAX));
  }
  for (const listener of listeners) listener();
}

/** Records the figures of a query each time it answered. `updatedAtMs` is its `dataUpdatedAt`. */
export function useRecorder(updatedAtMs: number, values: Readonly<Record<string, number>> | undefined): void {
  const text = values && JSON.stringify(values);
  useEffect(() => {
    if (text === undefined || updatedAtMs === 0) return;
    record(new Date(updatedAtMs).toISOString(), JSON.parse(text) as Record<string, number>); // written two lines above
  }, [updatedAtMs, text]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was sampled so far, oldest first. */
export function useTrend(name: string): readonly Sample[] {
  return useSyncExternalStore(
    subscribe,
    () => series.get(name) ?? none,
    () => none,
  );
}
