/** Changes that are not saved yet survive a reload of their tab, but not a night: by then the customer may want something else. When the last one was saved stays known. */
import { keptInTab, personalKey, type Person } from "../shop/kept.ts";
import type { Pending } from "./pending.ts";

const KEPT_MINUTES = 60;

export interface Kept {
  readonly pending: readonly Pending[];
  /** Something was saved when this page had been asked for already: what it says of the cart may be from before. */
  readonly isNewer: boolean;
}

export interface KeptPending {
  read(): Kept;
  write(pending: readonly Pending[]): void;
}

export function keptPending(person: Person): KeptPending {
  const key = personalKey("cart-pending", person);
  return {
    read() {
      try {
        const { at, pending } = JSON.parse(keptInTab.getItem(key) ?? "") as { at: number; pending: Pending[] }; // written below
        const isYoung = Date.now() - at < KEPT_MINUTES * 60_000;
        return { pending: isYoung ? pending : [], isNewer: at > performance.timeOrigin };
      } catch {
        return { pending: [], isNewer: false };
      }
    },
    write: (pending) => keptInTab.setItem(key, JSON.stringify({ at: Date.now(), pending })),
  };
}
