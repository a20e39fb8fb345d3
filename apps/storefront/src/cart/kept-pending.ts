/** Changes that are not saved yet survive a reload of their tab, but not a night: by then the customer may want something else. */
import { keptInTab, personalKey, type Person } from "../shop/kept.ts";
import type { Pending } from "./pending.ts";

const KEPT_MINUTES = 60;

export interface KeptPending {
  read(): readonly Pending[];
  write(pending: readonly Pending[]): void;
}

export function keptPending(person: Person): KeptPending {
  const key = personalKey("cart-pending", person);
  return {
    read() {
      try {
        const { at, pending } = JSON.parse(keptInTab.getItem(key) ?? "{}") as { at?: number; pending?: Pending[] }; // written below
        const age = Date.now() - (at ?? 0);
        return age < KEPT_MINUTES * 60_000 && Array.isArray(pending) ? pending : [];
      } catch {
        return [];
      }
    },
    write(pending) {
      if (pending.length === 0) keptInTab.removeItem(key);
      else keptInTab.setItem(key, JSON.stringify({ at: Date.now(), pending }));
    },
  };
}
