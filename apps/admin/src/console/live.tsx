"use client";
/** Live pages ask again every two seconds, until the person pauses them. One switch for the whole console. */
import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { useShortcuts } from "./shortcuts.tsx";

const POLL_MS = 2_000;
/** For figures in the frame, which matter less than the page beside them. */
const SLOW_POLL_MS = 10_000;

interface Live {
  readonly paused: boolean;
  toggle(): void;
}

const LiveContext = createContext<Live>({ paused: false, toggle: () => undefined });

export function LiveProvider({ children }: { children: ReactNode }) {
  const [paused, setPaused] = useState(false);
  const live = useMemo(() => ({ paused, toggle: () => setPaused((before) => !before) }), [paused]);
  useShortcuts({ p: live.toggle });
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  return use(LiveContext);
}

/** Options that keep a query fresh. `meta` marks it for the chip that says how fresh the page is. */
export function useLiveQuery({ slow = false } = {}) {
  const { paused } = useLive();
  return {
    refetchInterval: paused ? (false as const) : slow ? SLOW_POLL_MS : POLL_MS,
    staleTime: 1_000,
    ...(slow ? {} : { meta: { live: true } }),
  };
}
