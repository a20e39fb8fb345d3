import type { CartPage } from "@tillstream/commerce";
import { describe, expect, it, vi } from "vitest";
import { failureOf } from "../shop/failure.ts";
import type { Answer, ChangedCart } from "./cart-calls.ts";
import { createCartStore } from "./cart-store.ts";
import type { Pending, Sent } from "./pending.ts";

const LAMP = { sku: "LAMP", name: "Lamp", image: "/l.svg", price: 500 };

/** A shop with one cart, reached over a line that can be cut and made to wait. */
function testShop({ person = null as string | null, guestItems = 0 } = {}) {
  const quantities = new Map<string, number>();
  const calls: (Sent & { key: string })[] = [];
  const timers = new Set<() => void>();
  const line = {
    isCut: false,
    status: "open" as CartPage["status"],
    refuses: undefined as string | undefined,
    at: 0,
    atMost: 0,
    customerId: person,
    guestItems,
    isNewer: false,
  };
  let kept: readonly Pending[] = [];
  let keys = 0;

  const page = (): CartPage => ({
    cartId: "c",
    version: calls.length,
    status: line.status,
    lines: [...quantities].map(([sku, quantity]) => ({
      sku,
      name: sku,
      slug: sku,
      image: "/a.svg",
      quantity,
      stock: "in",
      onlyLeft: null,
      unitPrice: { amount: 500, currency: "USD" },
      lineTotal: { amount: 500 * quantity, currency: "USD" },
    })),
    problems: [],
    total: { amount: 0, currency: "USD" },
    lastOrder: null,
    guestItems: line.guestItems,
    customerId: line.customerId,
  });
  async function answer<Data>(work: () => Data): Promise<Answer<Data>> {
    line.atMost = Math.max(line.atMost, (line.at += 1));
    await Promise.resolve();
    const failure = failureOf(line.refuses === undefined ? {} : { data: { reason: line.refuses }, message: "no" });
    const known = line.refuses !== undefined;
    const done = line.isCut || known ? ({ ok: false, known, failure } as const) : ({ ok: true, data: work() } as const);
    line.at -= 1;
    return done;
  }
  const open = (first?: CartPage) =>
    createCartStore({
      person,
      first,
      kept: { read: () => ({ pending: kept, isNewer: line.isNewer }), write: (pending) => void (kept = pending) },
      newKey: () => `key-${(keys += 1)}`,
      later(_, work) {
        timers.add(work);
        return () => timers.delete(work);
      },
      calls: {
        read: () => answer(page),
        change(sent, key) {
          calls.push({ ...sent, key });
          return answer((): ChangedCart => {
            if (sent.path === "cart.setQuantity") quantities.set(sent.input.sku, sent.input.quantity);
            if (sent.path !== "cart.claim") return page();
            line.guestItems = 0;
            quantities.set("MUG", guestItems);
            return { ...page(), claimed: [{ sku: "MUG", name: "Mug", quantity: guestItems }] };
          });
        },
      },
    });
  /** Lets the time pass for which a pause was asked. */
  function pass(): void {
    for (const timer of timers) {
      timers.delete(timer);
      timer();
    }
  }
  return { quantities, calls, line, open, page, pass };
}

const settled = (store: ReturnType<ReturnType<typeof testShop>["open"]>, saving = "saved") =>
  vi.waitFor(() => expect(store.now()).toMatchObject({ saving }));

describe("the cart of a tab", () => {
  it("is read when the page did not bring it, and not when it did", async () => {
    const shop = testShop();
    const store = shop.open();
    store.resume();
    await vi.waitFor(() => expect(store.now().cart).toBeDefined());
    expect(shop.open(shop.page()).now().cart?.cartId).toBe("c");
  });

  it("sends quick clicks as one quantity, shows them at once, and never two requests at a time", async () => {
    const shop = testShop();
    const store = shop.open(shop.page());
    for (let click = 0; click < 5; click += 1) store.add([{ ...LAMP, quantity: 1 }]);
    store.add([{ ...LAMP, sku: "MUG", quantity: 2 }]);
    expect(store.now().cart?.lines.map(({ quantity }) => quantity)).toEqual([5, 2]);
    shop.pass();
    await settled(store);
    expect(shop.calls.map(({ input }) => input)).toEqual([
      { sku: "LAMP", quantity: 5, seenPrice: 500 },
      { sku: "MUG", quantity: 2, seenPrice: 500 },
    ]);
    expect(shop.line.atMost).toBe(1);
  });

  it("keeps what could not be saved, says so, and sends the very same again, before what came after", async () => {
    const shop = testShop();
    const store = shop.open(shop.page());
    shop.line.isCut = true;
    store.setQuantity("LAMP", 2);
    shop.pass();
    await settled(store, "unsaved");
    store.setQuantity("LAMP", 3);
    expect(store.now().cart).toBeDefined();
    shop.line.isCut = false;
    shop.pass();
    await settled(store);
    expect(shop.calls.map(({ key, input }) => [key, "quantity" in input && input.quantity])).toEqual([
      ["key-1", 2],
      ["key-1", 2],
      ["key-2", 3],
    ]);
  });

  it("takes up what the page before could not save, once", async () => {
    const shop = testShop();
    shop.line.isCut = true;
    const before = shop.open(shop.page());
    before.setQuantity("LAMP", 2);
    shop.pass();
    await settled(before, "unsaved");
    shop.line.isCut = false;
    const after = shop.open(shop.page());
    after.resume();
    after.resume();
    await settled(after);
    expect(shop.calls.map(({ key }) => key)).toEqual(["key-1", "key-1"]);
  });

  it("is read again when something was saved after the page was asked for", async () => {
    const shop = testShop();
    const page = shop.page();
    shop.quantities.set("LAMP", 2);
    const store = shop.open(page);
    store.resume();
    await settled(store);
    expect(store.now().cart?.lines).toEqual([]);
    shop.line.isNewer = true;
    store.resume();
    await vi.waitFor(() => expect(store.now().cart?.lines).toMatchObject([{ sku: "LAMP", quantity: 2 }]));
  });

  it("gives up what was refused, says why, and shows what the server has", async () => {
    const shop = testShop();
    const store = shop.open(shop.page());
    shop.line.refuses = "CART_FROZEN";
    store.setQuantity("LAMP", 2);
    shop.pass();
    await vi.waitFor(() => expect(store.now().refusal?.reason).toBe("CART_FROZEN"));
    expect(store.now()).toMatchObject({ saving: "saved", cart: { lines: [] } });
  });

  it("looks again by itself while its order is being confirmed", async () => {
    const shop = testShop();
    shop.line.status = "ordered";
    const store = shop.open(shop.page());
    store.resume();
    shop.line.status = "open";
    shop.pass();
    await vi.waitFor(() => expect(store.now().cart?.status).toBe("open"));
  });

  it("claims what was put in before signing in, once, and says what came along", async () => {
    const shop = testShop({ person: "ada", guestItems: 3 });
    const store = shop.open(shop.page());
    store.resume();
    await settled(store);
    await store.refetch();
    expect(store.now().claimed).toMatchObject([{ sku: "MUG", quantity: 3 }]);
    expect(shop.calls.map(({ path }) => path)).toEqual(["cart.claim"]);
  });

  it("claims it once the order is over that the account's cart belonged to when it was asked for", async () => {
    const shop = testShop({ person: "ada", guestItems: 3 });
    const store = shop.open(shop.page());
    shop.line.refuses = "CART_FROZEN";
    store.resume();
    await vi.waitFor(() => expect(shop.calls.length).toBe(1));
    shop.line.refuses = undefined;
    await store.refetch();
    await settled(store);
    expect(store.now()).toMatchObject({ refusal: undefined, claimed: [{ sku: "MUG", quantity: 3 }] });
    expect(shop.calls.length).toBe(2);
  });

  it("keeps what was clicked after the session ended, and saves it once its person is back", async () => {
    const shop = testShop({ person: "ada" });
    const store = shop.open(shop.page());
    shop.line.refuses = "SIGNED_IN_AS_ANOTHER";
    store.add([{ ...LAMP, quantity: 1 }]);
    shop.pass();
    await vi.waitFor(() => expect(store.now().stranger).toBe("another"));
    store.setQuantity("LAMP", 2);
    shop.pass();
    expect(store.now()).toMatchObject({ refusal: undefined, cart: { lines: [{ sku: "LAMP", quantity: 2 }] } });
    shop.line.refuses = undefined;
    await store.refetch();
    await settled(store);
    expect(store.now()).toMatchObject({ stranger: undefined, cart: { lines: [{ sku: "LAMP", quantity: 2 }] } });
    expect(shop.calls.map(({ key }) => key)).toEqual(["key-1", "key-1", "key-2"]);
  });

  it("offers back what was taken out, until the next change", async () => {
    const shop = testShop();
    shop.quantities.set("LAMP", 2);
    const store = shop.open(shop.page());
    store.remove({ sku: "LAMP", name: "Lamp", quantity: 2 });
    expect(store.now()).toMatchObject({ removed: { sku: "LAMP", quantity: 2 }, cart: { lines: [] } });
    store.setQuantity("LAMP", 2);
    expect(store.now()).toMatchObject({ removed: undefined, cart: { lines: [{ sku: "LAMP", quantity: 2 }] } });
  });

  it("stays what it was when the session ended: nobody sees another's cart, or an empty one", async () => {
    const shop = testShop({ person: "ada" });
    shop.quantities.set("LAMP", 2);
    const store = shop.open(shop.page());
    shop.line.customerId = null;
    shop.quantities.clear();
    await store.refetch();
    expect(store.now()).toMatchObject({ stranger: "signedOut", cart: { lines: [{ sku: "LAMP", quantity: 2 }] } });
    shop.line.customerId = "ada";
    await store.refetch();
    expect(store.now()).toMatchObject({ stranger: undefined, cart: { lines: [] } });
  });
});
