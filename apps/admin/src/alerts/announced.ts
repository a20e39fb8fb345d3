/** Which alerts this tab has announced. Kept for the session, so that a reload does not interrupt a second time. */
import type { Alert } from "./alert-state.ts";

const STORAGE_KEY = "tillstream.announced-alerts";
const KEPT_MAX = 200;

/** The alerts not announced before; from now on they are. */
export function newlyAnnounced(firing: readonly Alert[], storage: Storage = sessionStorage): Alert[] {
  const announced = (storage.getItem(STORAGE_KEY) ?? "").split(",");
  const fresh = firing.filter(({ id }) => !announced.includes(String(id)));
  if (fresh.length > 0) {
    const kept = [...fresh.map(({ id }) => String(id)), ...announced].slice(0, KEPT_MAX);
    storage.setItem(STORAGE_KEY, kept.join(","));
  }
  return fresh;
}
