"use client";
/**
 * Live pages ask again when the server says that something changed, and now and then; while the server cannot be heard, every two
 * seconds. Until the person pauses them: one switch for the whole console.
 */
import { useSharedStream } from "@tillstream/trpc/shared-stream";
import { useQueryClient, type Query } from "@tanstack/react-query";
import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { ANYTHING, changeStream } from "./change-stream.ts";
import { useShortcuts } from "./shortcuts.tsx";
import { useTRPCClient } from "./trpc.ts";

const POLL_MS = 2_000;
/** While changes are told of: for what moves by time alone, such as a lag. */
const TOLD_POLL_MS = 5_000;
/** For figures in the frame, which matter less than the page beside them. */
const SLOW_POLL_MS = 10_000;

interface Live {
  readonly paused: boolean;
  /** Whether the server tells of changes. */
  readonly told: boolean;
  toggle(): void;
}

const LiveContext = createContext<Live>({ paused: false, told: false, toggle: () => undefined });

export function LiveProvider({ children }: { children: ReactNode }) {
  const [paused, setPaused] = useState(false);
  const told = useChanges(!paused);
  const live = useMemo(() => ({ paused, told, toggle: () => setPaused((before) => !before) }), [paused, told]);
  useShortcuts({ p: live.toggle });
  return <LiveContext value={live}>{children}</LiveContext>;
}

const isTold = ({ meta }: Query) => meta?.["live"] === true || meta?.["always"] === true;

/** Has live queries asked again after each change. Gives whether changes are told of. */
function useChanges(wanted: boolean): boolean {
  const queryClient = useQueryClient();
  const state = useSharedStream(
    changeStream(useTRPCClient()),
    wanted ? ANYTHING : undefined,
    () => void queryClient.invalidateQueries({ predicate: isTold }, { cancelRefetch: false }),
  );
  return wanted && state === "open";
}

export function useLive(): Live {
  return use(LiveContext);
}

/** Options that keep a query fresh. `meta` marks it for the chip that says how fresh the page is. */
export function useLiveQuery({ slow = false } = {}) {
  const { paused } = useLive();
  const { refetchInterval, staleTime } = useAlwaysLiveQuery();
  return {
    refetchInterval: paused ? (false as const) : slow ? SLOW_POLL_MS : refetchInterval,
    staleTime,
    ...(slow ? {} : { meta: { live: true } }),
  };
}

/** The same for what is kept fresh on a page that is paused, too. */
export function useAlwaysLiveQuery() {
  const { told } = useLive();
  return { refetchInterval: told ? TOLD_POLL_MS : POLL_MS, staleTime: 1_000, meta: { always: true } };
}
