/** The cart as a value: which items, how many. What they cost is for the server to say. Pure. */
import { LINES_MAX, QUANTITY_MAX } from "./limits.ts";

export interface CartLine {
  readonly sku: string;
  readonly quantity: number;
  /** The price that the shopper saw and went on with, in minor units; absent until the first quote. */
  readonly seen?: number;
}

export type Cart = readonly CartLine[];

const clamp = (quantity: number) => Math.min(Math.max(Math.trunc(quantity), 1), QUANTITY_MAX);

/** Adds to what is there already; a new item goes to the end. A full cart stays as it is. */
export function addLine(cart: Cart, { sku, quantity }: CartLine): Cart {
  if (!cart.some((line) => line.sku === sku)) {
    return cart.length >= LINES_MAX ? cart : [...cart, { sku, quantity: clamp(quantity) }];
  }
  return cart.map((line) => (line.sku === sku ? { ...line, quantity: clamp(line.quantity + quantity) } : line));
}

export function setQuantity(cart: Cart, sku: string, quantity: number): Cart {
  return cart.map((line) => (line.sku === sku ? { ...line, quantity: clamp(quantity) } : line));
}

export function removeLine(cart: Cart, sku: string): Cart {
  return cart.filter((line) => line.sku !== sku);
}

/** Puts a removed line back where it was. */
export function insertLine(cart: Cart, line: CartLine, index: number): Cart {
  return cart.some(({ sku }) => sku === line.sku) ? cart : cart.toSpliced(index, 0, line);
}

export function itemCount(cart: Cart): number {
  return cart.reduce((sum, { quantity }) => sum + quantity, 0);
}

const VERSION = 1;

export function serializeCart(cart: Cart): string {
  return JSON.stringify({ version: VERSION, lines: cart });
}

/** What was kept, or an empty cart for anything that is not one of ours. */
export function parseCart(text: string | null): Cart {
  if (text === null) return [];
  try {
    const stored = JSON.parse(text) as { version?: unknown; lines?: unknown };
    if (stored.version !== VERSION || !Array.isArray(stored.lines)) return [];
    return stored.lines
      .filter(isLine)
      .slice(0, LINES_MAX)
      .map(({ sku, quantity, seen }) => ({ sku, quantity: clamp(quantity), ...(Number.isInteger(seen) && { seen }) }));
  } catch {
    return [];
  }
}

function isLine(value: unknown): value is CartLine {
  const line = value as Partial<CartLine> | null;
  return (
    typeof line?.sku === "string" &&
    line.sku !== "" &&
    typeof line.quantity === "number" &&
    Number.isFinite(line.quantity)
  );
}
