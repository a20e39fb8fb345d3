/**
 * What an order is made from: a cart at the version that was seen, or, for callers without a cart, lines under their key.
 * Either has one name for good, by which the database knows that it was ordered.
 */
import { createHash } from "node:crypto";
import { Refusal, refuse } from "@tillstream/eventing";
import type { CommandKey } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { assertNoProblems, holderOf, mergeLines, offersOf, problemsOf, readCart } from "../cart/index.ts";
import { priceVariants } from "../catalogue/index.ts";
import type { PricedVariant } from "../catalogue/index.ts";
import type { OrderLine } from "../order/index.ts";
import type { CartReader } from "../cart/index.ts";
import type { PlaceOrderInput } from "./input.ts";

export interface OrderSource {
  readonly cartId: string;
  readonly cartVersion: number;
  /** A cart of ours, which the order closes. */
  readonly isCart: boolean;
  readonly lines: readonly OrderLine[];
}

/** An order that was made before from the same cart, or from the same lines under the same key. */
export interface EarlierOrder {
  readonly orderId: string;
  readonly total: number;
  readonly currency: string;
  /** Null for a guest's. */
  readonly customerId: string | null;
}

export type Sourced = { readonly source: OrderSource } | { readonly earlier: EarlierOrder };

export function findSource(ctx: CartReader, command: CommandKey, input: PlaceOrderInput): Promise<Sourced> {
  const { cartId, cartVersion, lines } = input;
  return cartId === undefined || cartVersion === undefined
    ? linesAsSource(ctx, command, lines ?? [])
    : cartAsSource(ctx, cartId, cartVersion);
}

async function linesAsSource(
  ctx: CartReader,
  { key, fingerprint }: CommandKey,
  sent: NonNullable<PlaceOrderInput["lines"]>,
): Promise<Sourced> {
  const cartId = `lines-${createHash("sha256").update(`${key}\0${fingerprint}`).digest("base64url")}`;
  const wanted = mergeLines(sent).map(({ sku, quantity }) => ({ sku, quantity, name: sku }));
  const skus = wanted.map(({ sku }) => sku);
  try {
    return {
      source: { cartId, cartVersion: 1, isCart: false, lines: priceLines(wanted, await priceVariants(ctx.db, skus)) },
    };
  } catch (error) {
    // What is not to be had any more may be what this very order took.
    const earlier = error instanceof Refusal ? await earlierOrderOf(ctx, { cartId, cartVersion: 1 }) : undefined;
    if (earlier === undefined) throw error;
    return { earlier };
  }
}

async function cartAsSource(ctx: CartReader, cartId: string, cartVersion: number): Promise<Sourced> {
  const { customerId, tokenCartId } = holderOf(ctx);
  const cart = await readCart(ctx.db, cartId);
  const isHeld = tokenCartId === cartId || (customerId !== null && cart?.customerId === customerId);
  if (cart === undefined || !isHeld || cart.status !== "open" || cart.version !== cartVersion) {
    const earlier = await earlierOrderOf(ctx, { cartId, cartVersion });
    const mayAsk = isHeld || (customerId !== null && earlier?.customerId === customerId);
    if (mayAsk && earlier !== undefined) return { earlier };
    const isAccounts = (cart?.customerId ?? earlier?.customerId ?? null) !== null;
    throw !mayAsk && isAccounts && customerId === null ? SIGNED_OUT : CART_CHANGED;
  }
  if (cart.lines.length === 0) throw CART_EMPTY;
  return { source: { cartId, cartVersion, isCart: true, lines: priceLines(cart.lines, offersOf(cart)) } };
}

/** Of the version that was asked for; else the one that keeps the cart closed now. */
export async function earlierOrderOf(
  { db }: { readonly db: SqlExecutor },
  { cartId, cartVersion }: Pick<OrderSource, "cartId" | "cartVersion">,
): Promise<EarlierOrder | undefined> {
  const [earlier] = await db.query<EarlierOrder>(sql`
    SELECT id AS "orderId", total, currency, customer_id AS "customerId" FROM orders placed
    WHERE cart_id = ${cartId} AND (cart_version = ${cartVersion}::int
      OR EXISTS (SELECT FROM carts WHERE carts.id = placed.cart_id AND carts.order_id = placed.id AND carts.status <> 'open'))
    ORDER BY cart_version = ${cartVersion}::int DESC LIMIT 1`);
  return earlier;
}

interface WantedLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly seenPrice?: number;
}

/** Prices come from the server, whatever the caller believes; what is known to be missing is refused before it is charged. */
function priceLines(wanted: readonly WantedLine[], priced: ReadonlyMap<string, PricedVariant>): OrderLine[] {
  const named = wanted.map((line) => ({ ...line, name: priced.get(line.sku)?.name ?? line.name }));
  assertNoProblems(problemsOf(named, priced));
  return named.flatMap(({ sku, name, quantity }) => {
    const variant = priced.get(sku);
    return variant === undefined ? [] : [{ sku, quantity, name, image: variant.image, unitPrice: variant.price }];
  });
}

const SIGNED_OUT = refuse(
  "unauthenticated",
  "SIGNED_OUT",
  "This cart belongs to an account. Sign in to go on; what you typed is kept.",
);
const CART_CHANGED = refuse(
  "conflict",
  "CART_CHANGED",
  "Your cart has changed, in another tab or on another device. Look at it again before you pay.",
  { fields: [{ field: "cartVersion", rule: "the cart's version", message: "The cart has changed since." }] },
);
const CART_EMPTY = refuse("conflict", "CART_EMPTY", "This cart is empty.", {
  fields: [{ field: "cartId", rule: "at least one line", message: "The cart is empty." }],
});
