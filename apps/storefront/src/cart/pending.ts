/**
 * What was clicked and is not answered yet. Clicks on one item become one quantity; what has been sent stays as it was
 * sent, with its key, until it is answered. Pure.
 */
import type { CartPage, CartPageLine } from "@tillstream/commerce";
import { QUANTITY_MAX } from "./limits.ts";

/** What the page knows of an item that the cart does not have yet. */
export interface NewLine {
  readonly name: string;
  readonly image: string;
  /** Absent where the page does not know the item's own page. */
  readonly slug?: string;
  /** Minor units. */
  readonly price: number;
}

interface QuantityChange {
  readonly kind: "quantity";
  readonly sku: string;
  /** `to` a quantity, or `by` so many more than the cart has when it is sent. */
  readonly mode: "to" | "by";
  readonly quantity: number;
  /** What the page showed, in minor units. */
  readonly seenPrice?: number;
  readonly line?: NewLine;
}

export type Change =
  | QuantityChange
  | { readonly kind: "prices"; readonly prices: readonly { readonly sku: string; readonly unitPrice: number }[] }
  | { readonly kind: "claim" };

/** A command and its input, as the server takes them. */
export type Sent =
  | { readonly path: "cart.setQuantity"; readonly input: { sku: string; quantity: number; seenPrice?: number } }
  | { readonly path: "cart.acceptPrices"; readonly input: { prices: { sku: string; unitPrice: number }[] } }
  | { readonly path: "cart.claim"; readonly input: Record<string, never> };

export interface Pending {
  readonly key: string;
  readonly change: Change;
  /** From the first try on: the very same is sent again. */
  readonly sent?: Sent;
}

const clamp = (quantity: number) => Math.min(Math.max(Math.trunc(quantity), 0), QUANTITY_MAX);

/** Adds a change; one of an item that still waits unsent takes it in. */
export function addChange(pending: readonly Pending[], change: Change, key: string): Pending[] {
  const waiting = pending.findIndex(({ change: one, sent }) => sent === undefined && isSameItem(one, change));
  const before = pending[waiting];
  if (before === undefined) return [...pending, { key, change }];
  return pending.with(waiting, { ...before, change: merge(before.change, change) });
}

function isSameItem(left: Change, right: Change): boolean {
  return left.kind === "quantity" && right.kind === "quantity" && left.sku === right.sku;
}

function merge(before: Change, after: Change): Change {
  if (before.kind !== "quantity" || after.kind !== "quantity") return after;
  if (after.mode === "to") return { ...before, ...after };
  return { ...before, ...after, mode: before.mode, quantity: clamp(before.quantity + after.quantity) };
}

/** The command for a change of a cart as the server last said it is. */
export function toSent(change: Change, cart: CartPage | undefined): Sent {
  switch (change.kind) {
    case "claim":
      return { path: "cart.claim", input: {} };
    case "prices":
      return { path: "cart.acceptPrices", input: { prices: change.prices.map((price) => ({ ...price })) } };
    case "quantity": {
      const { sku, seenPrice } = change;
      const quantity = quantityAfter(change, quantityOf(cart, sku));
      return { path: "cart.setQuantity", input: { sku, quantity, ...(seenPrice !== undefined && { seenPrice }) } };
    }
  }
}

const quantityOf = (cart: CartPage | undefined, sku: string) =>
  cart?.lines.find((line) => line.sku === sku)?.quantity ?? 0;

const quantityAfter = ({ mode, quantity }: QuantityChange, before: number) =>
  clamp(mode === "by" ? before + quantity : quantity);

/** The cart as it will be when all of it is answered; what keeps it from being ordered is the server's to say again. */
export function cartAfter(cart: CartPage, pending: readonly Pending[]): CartPage {
  return pending.reduce((current, { change, sent }) => apply(current, change, sent), cart);
}

function apply(cart: CartPage, change: Change, sent: Sent | undefined): CartPage {
  if (change.kind !== "quantity") return cart;
  const { sku, line } = change;
  const before = cart.lines.find((one) => one.sku === sku) ?? (line && newLine(sku, line, cart.total.currency));
  if (before === undefined) return cart;
  const quantity =
    sent?.path === "cart.setQuantity" ? sent.input.quantity : quantityAfter(change, quantityOf(cart, sku));
  const after = withQuantity(before, quantity);
  const known = cart.lines.some((one) => one.sku === sku);
  const all = known ? cart.lines.map((one) => (one.sku === sku ? after : one)) : [...cart.lines, after];
  const lines = all.filter((one) => one.quantity > 0);
  const amount = lines.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0);
  const problems = cart.problems.filter((problem) => problem.sku !== sku || isStill(problem, quantity));
  return { ...cart, lines, problems, total: { ...cart.total, amount } };
}

function isStill(problem: CartPage["problems"][number], quantity: number): boolean {
  return quantity > 0 && (problem.kind !== "OUT_OF_STOCK" || problem.left < quantity);
}

function newLine(sku: string, { name, image, slug, price }: NewLine, currency: string): CartPageLine {
  const unitPrice = { amount: price, currency };
  const rest = { lineTotal: unitPrice, stock: "in", onlyLeft: null } as const;
  return { sku, name, image, slug: slug ?? null, quantity: 0, unitPrice, ...rest };
}

function withQuantity(line: CartPageLine, quantity: number): CartPageLine {
  const onlyLeft = line.onlyLeft !== null && line.onlyLeft < quantity ? line.onlyLeft : null;
  return { ...line, quantity, onlyLeft, lineTotal: { ...line.unitPrice, amount: line.unitPrice.amount * quantity } };
}

export function pieces(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
