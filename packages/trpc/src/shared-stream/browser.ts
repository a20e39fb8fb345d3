/** What the tabs of one browser need to share a stream: sight, locks and a channel. Each of the latter may be missing or blocked. */
export interface TabBrowser {
  /** Whether this tab may be visible. */
  visible(): boolean;
  onVisibility(listener: () => void): () => void;
  /** Undefined where the browser has none, such as on plain HTTP. */
  readonly locks: LockManager | undefined;
  /** Undefined when it cannot be had, such as where site data is blocked. */
  openChannel(name: string): BroadcastChannel | undefined;
}

export const thisTab: TabBrowser = {
  visible: () => document.visibilityState === "visible",
  onVisibility(listener) {
    document.addEventListener("visibilitychange", listener);
    return () => document.removeEventListener("visibilitychange", listener);
  },
  get locks() {
    return "locks" in navigator ? navigator.locks : undefined;
  },
  openChannel(name) {
    try {
      return new BroadcastChannel(name);
    } catch {
      return undefined;
    }
  },
};
