/** Which alerts this tab has announced. Kept for the session, so that a reload does not interrupt a second time. */
import type { Alert } from "./alert-state.ts";

const STORAGE_KEY = "tillstream.announced-alert";

/** The alerts not announced before; from now on they are. Ids grow, so the highest one is all there is to keep. */
export function newlyAnnounced(firing: readonly Alert[], storage: Storage = sessionStorage): Alert[] {
  const upTo = Number(storage.getItem(STORAGE_KEY) ?? 0);
  const fresh = firing.filter(({ id }) => id > upTo);
  if (fresh.length > 0) storage.setItem(STORAGE_KEY, String(Math.max(...fresh.map(({ id }) => id))));
  return fresh;
}
