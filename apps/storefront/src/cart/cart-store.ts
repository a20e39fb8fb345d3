/**
 * The cart of this tab: what the server last said, with what was clicked since over it. One request at a time; a click is
 * kept until it is answered and sent again as it was; the server's answer has the last word.
 */
import type { CartPage } from "@tillstream/commerce";
import { isAnotherIdentity } from "@tillstream/trpc/commands";
import type { Person } from "../shop/kept.ts";
import type { CartCalls, ChangedCart, Failure } from "./cart-calls.ts";
import type { KeptPending } from "./kept-pending.ts";
import { addChange, cartAfter, toSent, type Change, type NewLine, type Pending } from "./pending.ts";

export interface CartNow {
  /** Undefined until it could be read. */
  readonly cart: CartPage | undefined;
  /** `unsaved`: the last try failed, and it is tried again. */
  readonly saving: "saved" | "saving" | "unsaved";
  /** It could not be read. */
  readonly unread: boolean;
  /** Why the last change was refused. */
  readonly refusal: Failure | undefined;
  /** What was put in before signing in, and came along. */
  readonly claimed: readonly { readonly sku: string; readonly name: string; readonly quantity: number }[];
  /** What was just taken out, until the next change. */
  readonly removed: RemovedLine | undefined;
  /** The server no longer answers the person for whom this page was made. */
  readonly stranger: "signedOut" | "another" | undefined;
}

export interface RemovedLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
}

export interface CartStoreOptions {
  readonly person: Person;
  readonly first: CartPage | undefined;
  readonly calls: Pick<CartCalls, "read" | "change">;
  readonly kept: KeptPending;
  newKey(): string;
  /** Calls `work` after so many milliseconds; the answer takes that back. */
  later(milliseconds: number, work: () => void): () => void;
  /** The server has another cart now. */
  onChanged?(): void;
}

export interface ItemToAdd extends NewLine {
  readonly sku: string;
  readonly quantity: number;
}

export interface CartStore {
  now(): CartNow;
  /** As it was when the page was made. */
  readonly atFirst: CartNow;
  subscribe(listener: () => void): () => void;
  setQuantity(sku: string, quantity: number): void;
  /** Takes the line out; `now().removed` offers it back. */
  remove(line: RemovedLine): void;
  add(items: readonly ItemToAdd[]): void;
  acceptPrices(): void;
  /** Reads it again; resolves to whether it could be read. */
  refetch(): Promise<boolean>;
  /** Sends what waits, at once. */
  retry(): void;
  /** Takes up what a page before this one could not save. */
  resume(): void;
}

/** Clicks within this time are one change. */
const REST_MS = 300;
/** How often a cart is looked at whose order is being confirmed: it is given back, or over, by itself. */
const ORDERED_MS = 2_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

const NOTHING = {
  saving: "saved",
  unread: false,
  refusal: undefined,
  claimed: [],
  removed: undefined,
  stranger: undefined,
} as const;

export function createCartStore(options: CartStoreOptions): CartStore {
  const { person, calls, kept, newKey, later } = options;
  const listeners = new Set<() => void>();
  let server = options.first;
  let pending: readonly Pending[] = [];
  let now: CartNow = { ...NOTHING, cart: server };
  const atFirst = now;
  let stale = server === undefined;
  let readable = true;
  let claiming = false;
  let failures = 0;
  let running: Promise<void> | undefined;
  /** Each takes its timer back: the pause after a click, after a failure, between looks. */
  let resting: (() => void) | undefined;
  let blocked: (() => void) | undefined;
  let following: (() => void) | undefined;

  function publish(part: Partial<CartNow> = {}): void {
    const saving = pending.length === 0 ? "saved" : failures > 0 ? "unsaved" : "saving";
    now = { ...now, ...part, saving, cart: server && cartAfter(server, pending) };
    listeners.forEach((listener) => listener());
  }

  function setPending(next: readonly Pending[], part: Partial<CartNow> = {}): void {
    pending = next;
    kept.write(pending);
    publish(part);
  }

  function work(): Promise<void> {
    running ??= (async () => {
      while (await step());
      running = undefined;
    })();
    return running;
  }

  /** Does one thing; resolves to whether there may be more to do at once. */
  async function step(): Promise<boolean> {
    const [head] = pending;
    if (stale) return read();
    if (head === undefined || blocked !== undefined || now.stranger !== undefined) return false;
    if (head.sent === undefined && resting !== undefined) return false;
    return send(head);
  }

  async function read(): Promise<boolean> {
    stale = false;
    const answer = await calls.read();
    readable = answer.ok;
    if (answer.ok) {
      if (blocked === undefined) failures = 0;
      accept(answer.data, { unread: false });
      return true;
    }
    stale = server === undefined; // what is known goes on being shown
    follow();
    publish({ unread: server === undefined });
    if (stale) tryLater();
    return !stale;
  }

  async function send(head: Pending): Promise<boolean> {
    const sent = head.sent ?? toSent(head.change, server);
    setPending(pending.with(0, { ...head, sent }));
    const answer = await calls.change(sent, head.key);
    if (!answer.ok && !answer.known) {
      tryLater();
      publish();
      return false;
    }
    failures = 0;
    if (answer.ok) {
      pending = pending.slice(1);
      accept(answer.data, claimedBy(answer.data));
      options.onChanged?.();
    } else if (isAnotherIdentity(answer.failure)) {
      // What was clicked waits for its person.
      publish({ stranger: answer.failure.httpStatus === 401 ? "signedOut" : "another" });
    } else {
      stale = true;
      // The account's cart belongs to an order: it is read again once that is over, without a notice.
      const waits = head.change.kind === "claim" && answer.failure.reason === "CART_FROZEN";
      if (waits) claiming = false;
      setPending(pending.slice(1), waits ? {} : { refusal: answer.failure });
    }
    return true;
  }

  function accept(cart: CartPage, part: Partial<CartNow>): void {
    if (cart.customerId !== person) {
      setPending(pending, { ...part, stranger: cart.customerId === null ? "signedOut" : "another" });
      return;
    }
    server = cart;
    setPending(pending, { ...part, stranger: undefined });
    claim();
    follow();
  }

  function follow(): void {
    following?.();
    following = server?.status === "ordered" ? later(ORDERED_MS, () => void refetch()) : undefined;
  }

  /** What a guest put in here before signing in becomes part of the account's, once. */
  function claim(): void {
    if (claiming || person === null || server?.status !== "open" || server.guestItems === 0) return;
    claiming = true;
    setPending(addChange(pending, { kind: "claim" }, newKey()));
  }

  function tryLater(): void {
    const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
    failures += 1;
    blocked?.();
    blocked = later(pause, retry);
  }

  function retry(): void {
    blocked?.();
    resting?.();
    blocked = resting = undefined;
    stale ||= server === undefined;
    void work();
  }

  function change(what: Change): void {
    setPending(addChange(pending, what, newKey()), { refusal: undefined, claimed: [], removed: undefined });
    resting?.();
    resting = later(REST_MS, () => {
      resting = undefined;
      void work();
    });
  }

  async function refetch(): Promise<boolean> {
    await running;
    stale = true;
    await work();
    return readable;
  }

  return {
    now: () => now,
    atFirst,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    remove({ sku, name, quantity }) {
      change({ kind: "quantity", sku, mode: "to", quantity: 0 });
      publish({ removed: { sku, name, quantity } });
    },
    setQuantity: (sku, quantity) => change({ kind: "quantity", sku, mode: "to", quantity }),
    add(items) {
      for (const { sku, quantity, ...line } of items) {
        change({ kind: "quantity", sku, mode: "by", quantity, seenPrice: line.price, line });
      }
    },
    acceptPrices() {
      const changed = now.cart?.problems.filter((problem) => problem.kind === "PRICE_CHANGED") ?? [];
      change({ kind: "prices", prices: changed.map(({ sku, now: { amount } }) => ({ sku, unitPrice: amount })) });
    },
    refetch,
    retry,
    resume() {
      const known = new Set(pending.map(({ key }) => key));
      const before = kept.read();
      stale ||= before.isNewer;
      setPending([...before.pending.filter(({ key }) => !known.has(key)), ...pending]);
      claim();
      follow();
      void work();
    },
  };
}

function claimedBy({ claimed }: ChangedCart): Partial<CartNow> {
  return claimed === undefined || claimed.length === 0 ? { refusal: undefined } : { refusal: undefined, claimed };
}
