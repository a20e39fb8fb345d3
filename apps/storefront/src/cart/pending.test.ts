import type { CartPage } from "@tillstream/commerce";
import { describe, expect, it } from "vitest";
import { addChange, cartAfter, toSent, type Change, type Pending } from "./pending.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });

function cartOf(lines: Record<string, number>, problems: CartPage["problems"] = []): CartPage {
  const all = Object.entries(lines).map(([sku, quantity]) => ({
    sku,
    name: sku,
    slug: sku,
    image: "/a.svg",
    quantity,
    unitPrice: usd(100),
    lineTotal: usd(100 * quantity),
    stock: "in" as const,
    onlyLeft: null,
  }));
  const total = usd(all.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0));
  const rest = { cartId: "c", version: 1, status: "open", lastOrder: null, guestItems: 0, customerId: null } as const;
  return { ...rest, lines: all, problems, total };
}

const to = (sku: string, quantity: number): Change => ({ kind: "quantity", sku, mode: "to", quantity });
const by = (sku: string, quantity: number): Change => ({
  kind: "quantity",
  sku,
  mode: "by",
  quantity,
  seenPrice: 250,
  line: { name: "New", image: "/n.svg", price: 250 },
});

const added = (...changes: Change[]) =>
  changes.reduce<Pending[]>((pending, change, index) => addChange(pending, change, `key-${index}`), []);

describe("clicks on one item", () => {
  it("become one absolute quantity under one key, the last one counting", () => {
    const pending = added(to("A", 2), to("A", 3), to("B", 1), to("A", 4));
    expect(pending.map(({ key, change }) => [key, toSent(change, undefined).input])).toEqual([
      ["key-0", { sku: "A", quantity: 4 }],
      ["key-2", { sku: "B", quantity: 1 }],
    ]);
  });

  it("add to what the cart has when they are sent, with the price that was seen, up to the bound", () => {
    const [pending] = added(by("A", 1), by("A", 2));
    expect(toSent(pending?.change ?? to("A", 0), cartOf({ A: 2 }))).toEqual({
      path: "cart.setQuantity",
      input: { sku: "A", quantity: 5, seenPrice: 250 },
    });
    expect(toSent(by("A", 5_000), cartOf({})).input).toMatchObject({ quantity: 999 });
  });

  it("after one was sent are another change: what was sent stays as it was", () => {
    const sent = { path: "cart.setQuantity", input: { sku: "A", quantity: 2 } } as const;
    const pending = addChange([{ key: "first", change: to("A", 2), sent }], to("A", 5), "second");
    expect(pending.map(({ key }) => key)).toEqual(["first", "second"]);
  });
});

describe("the cart as it will be", () => {
  const quantities = (cart: CartPage) => cart.lines.map(({ sku, quantity }) => `${quantity} ${sku}`);

  it("has what was changed, put in and taken out, and the total of that", () => {
    const cart = cartAfter(cartOf({ A: 1, B: 2 }), added(to("A", 3), to("B", 0), by("C", 2)));
    expect([quantities(cart), cart.total.amount]).toEqual([["3 A", "2 C"], 800]);
  });

  it("counts what was sent as it was sent, though the cart has it by now", () => {
    const sent = { path: "cart.setQuantity", input: { sku: "A", quantity: 3 } } as const;
    expect(quantities(cartAfter(cartOf({ A: 3 }), [{ key: "k", change: by("A", 1), sent }]))).toEqual(["3 A"]);
  });

  it("loses a shortage that was settled, and keeps every other problem", () => {
    const short = { kind: "OUT_OF_STOCK", sku: "A", name: "A", wanted: 9, left: 2, field: "", message: "" } as const;
    const prices = { before: usd(100), now: usd(120) };
    const dearer = { kind: "PRICE_CHANGED", sku: "A", name: "A", ...prices, field: "", message: "" } as const;
    const cart = cartOf({ A: 9 }, [short, dearer]);
    expect(cartAfter(cart, added(to("A", 2))).problems).toEqual([dearer]);
    expect(cartAfter(cart, added(to("A", 3))).problems).toEqual([short, dearer]);
    expect(cartAfter(cart, added(to("A", 0))).problems).toEqual([]);
  });
});
