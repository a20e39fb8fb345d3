"use client";
/** Says how fresh the page is, from the cache itself, and lets the viewer pause it. */
import { Banner, IconButton, Instant, LiveChip, useNow, type LiveState } from "@tillstream/ui";
import { notifyManager, useQueryClient, type QueryCache } from "@tanstack/react-query";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import { useCallback, useSyncExternalStore } from "react";
import { useLive } from "./live.tsx";

/** The time without an answer after which the chip says so. */
const SILENT_MS = 10_000;

/** "<last answer in ms> <whether the last attempt failed>"; a string, so that an unchanged state is the same value. */
function readFreshness(cache: QueryCache): string {
  const live = cache.findAll({ type: "active", predicate: (query) => query.meta?.["live"] === true });
  if (live.length === 0) return "";
  const heardAt = Math.min(...live.map((query) => query.state.dataUpdatedAt));
  const failing = live.some((query) => query.state.status === "error" || query.state.fetchFailureCount > 0);
  return `${heardAt} ${failing}`;
}

function useFreshness(): { heardAtMs: number; failing: boolean } | undefined {
  const cache = useQueryClient().getQueryCache();
  // Batched, because the cache also speaks while a component renders, and then nothing may be set.
  const subscribe = useCallback((listener: () => void) => cache.subscribe(notifyManager.batchCalls(listener)), [cache]);
  const state = useSyncExternalStore(
    subscribe,
    () => readFreshness(cache),
    () => "",
  );
  if (state === "") return undefined;
  const [heardAt, failing] = state.split(" ");
  return { heardAtMs: Number(heardAt), failing: failing === "true" };
}

interface PageState {
  readonly state: LiveState;
  readonly heardAtMs: number;
  readonly silentMs: number;
}

function usePageState(): PageState | undefined {
  const { paused } = useLive();
  const freshness = useFreshness();
  const nowMs = useNow();
  if (freshness === undefined || nowMs === undefined || freshness.heardAtMs === 0) return undefined;
  const silentMs = Math.max(0, nowMs - freshness.heardAtMs);
  const quiet = silentMs >= SILENT_MS;
  const state = quiet && freshness.failing ? "offline" : paused ? "paused" : quiet ? "silent" : "connected";
  return { state, heardAtMs: freshness.heardAtMs, silentMs };
}

export function Freshness() {
  const { paused, toggle } = useLive();
  const page = usePageState();
  if (page === undefined) return null;
  return (
    <span className="flex items-center gap-1">
      <LiveChip state={page.state} silentSeconds={Math.floor(page.silentMs / 1_000)} />
      <IconButton
        size="sm"
        label={paused ? "Resume live changes (p)" : "Pause live changes (p)"}
        aria-pressed={paused}
        icon={paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
        onClick={toggle}
      />
    </span>
  );
}

/** Over every page while its figures are old: a green "all is well" of a minute ago must not be believed. */
export function StaleBanner() {
  const page = usePageState();
  if (page?.state !== "offline") return null;
  return (
    <Banner tone="failed" flush role="status">
      The console cannot reach its data. What you see is from{" "}
      <Instant at={new Date(page.heardAtMs).toISOString()} format="time" />; it updates by itself as soon as it can.
    </Banner>
  );
}
