/** What changes a cart. Each happens once for its key; the answer is the cart as it is afterwards. */
import type { ShopDatabase } from "@tillstream/db";
import { command, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { IdGenerator, SqlExecutor } from "@tillstream/runtime";
import { pricedVariant } from "../catalogue/index.ts";
import { handOver, holderOf, dropCartToken } from "./holder.ts";
import type { Holder } from "./holder.ts";
import { LINES_MAX, QUANTITY_MAX } from "./lines.ts";
import { readCartPage } from "./page.ts";
import type { CartPage, CartReader } from "./page.ts";
import { closeCart, lockCart, openCart, readCart, touchCart } from "./repository.ts";
import type { StoredLine } from "./repository.ts";

export interface CartContext extends CommandContext, Omit<CartReader, "db"> {
  readonly db: ShopDatabase;
  readonly ids: IdGenerator;
}

export interface ChangedCart extends CartPage {
  /** Opens a guest's cart where no cookie is kept: send it as the header `tillstream-cart`. */
  readonly token?: string;
}

export interface QuantityInput {
  readonly sku: string;
  /** 0 takes the line out. */
  readonly quantity: number;
  /** What the page showed, in minor units; what it costs now by default. */
  readonly seenPrice?: number | undefined;
}

/** Absolute, so that the last one counts, from whichever tab it comes. */
export async function setQuantity(ctx: CartContext, input: QuantityInput): Promise<ChangedCart> {
  return changeCart(ctx, "setQuantity", input, (tx, cartId) => writeLine(tx, cartId, input));
}

/** To what is in the cart by then, up to what a line may have: for a page that does not know the cart. */
export async function addToCart(ctx: CartContext, input: QuantityInput): Promise<ChangedCart> {
  return changeCart(ctx, "add", input, async (tx, cartId) => {
    const [there] = await tx.query<{ quantity: number }>(sql`
      SELECT quantity FROM cart_lines WHERE cart_id = ${cartId} AND sku = ${input.sku}`);
    const quantity = Math.min((there?.quantity ?? 0) + input.quantity, QUANTITY_MAX);
    return writeLine(tx, cartId, { ...input, quantity });
  });
}

/** Resolves to whether anything changed. Refuses a line of what is not sold, and one for which there is no room. */
export async function writeLine(tx: SqlExecutor, cartId: string, line: QuantityInput): Promise<boolean> {
  const { sku, quantity, seenPrice = null } = line;
  const others = sql`(SELECT count(*) FROM cart_lines WHERE cart_id = ${cartId} AND quantity > 0 AND sku <> ${sku})::int`;
  const [row] = await tx.query<{ isSold: boolean; isWritten: boolean; others: number }>(sql`
    WITH asked AS (SELECT ${pricedVariant(sql`${sku}`)} AS offer), written AS (
      INSERT INTO cart_lines AS line (cart_id, sku, name, quantity, seen_price, ordinal)
      SELECT ${cartId}, ${sku}, coalesce(offer ->> 'name', ${sku}), ${quantity}::int, coalesce(${seenPrice}::int, (offer ->> 'price')::int, 0),
             (SELECT coalesce(max(ordinal) + 1, 0) FROM cart_lines WHERE cart_id = ${cartId})
      FROM asked
      WHERE CASE WHEN ${quantity}::int > 0 THEN offer IS NOT NULL AND ${others} < ${LINES_MAX}
                 ELSE EXISTS (SELECT FROM cart_lines WHERE cart_id = ${cartId} AND sku = ${sku}) END
      ON CONFLICT (cart_id, sku) DO UPDATE
        SET quantity = excluded.quantity, seen_price = coalesce(${seenPrice}::int, line.seen_price)
        WHERE line.quantity <> excluded.quantity OR line.seen_price <> coalesce(${seenPrice}::int, line.seen_price)
      RETURNING sku
    )
    SELECT offer IS NOT NULL AS "isSold", EXISTS (SELECT FROM written) AS "isWritten", ${others} AS others FROM asked`);
  if (quantity === 0 || row === undefined) return row?.isWritten === true;
  if (!row.isSold) {
    const message = `Item ${sku} does not exist.`;
    throw refuse("invalid", "UNKNOWN_SKU", message, { fields: [{ field: "sku", rule: "known sku", message }] });
  }
  if (row.others >= LINES_MAX) throw CART_FULL;
  return row.isWritten;
}

const CART_FULL = refuse("conflict", "CART_FULL", `A cart has at most ${LINES_MAX} different items.`, {
  fields: [{ field: "sku", rule: `<= ${LINES_MAX} lines`, message: "The cart is full." }],
});

export interface AcceptInput {
  /** The prices that the shopper saw now and goes on with, in minor units. */
  readonly prices: readonly { readonly sku: string; readonly unitPrice: number }[];
}

export async function acceptPrices(ctx: CartContext, input: AcceptInput): Promise<ChangedCart> {
  return changeCart(ctx, "acceptPrices", input, async (tx, cartId) => {
    const accepted = await tx.query(sql`
      UPDATE cart_lines line SET seen_price = accepted."unitPrice"
      FROM jsonb_to_recordset(${JSON.stringify(input.prices)}::jsonb) AS accepted(sku text, "unitPrice" int)
      WHERE line.cart_id = ${cartId} AND line.sku = accepted.sku AND line.seen_price <> accepted."unitPrice"
      RETURNING line.sku`);
    return accepted.length > 0;
  });
}

/** @param change resolves to whether anything changed */
async function changeCart(
  ctx: CartContext,
  name: string,
  input: unknown,
  change: (tx: SqlExecutor, cartId: string) => Promise<boolean>,
): Promise<ChangedCart> {
  const work = async (tx: SqlExecutor, cartId: string) => ({ isChanged: await change(tx, cartId), told: {} });
  return (await inOpenCart(ctx, name, input, work)).cart;
}

/**
 * Works on the holder's open cart, under its lock. A refusal leaves everything as it was, a cart that was made for it included.
 * @param work resolves to whether anything changed, and to what is told beside the cart, as JSON
 */
export async function inOpenCart<Told>(
  ctx: CartContext,
  name: string,
  input: unknown,
  work: (tx: SqlExecutor, cartId: string) => Promise<{ readonly isChanged: boolean; readonly told: Told }>,
): Promise<{ readonly cart: ChangedCart; readonly told: Told }> {
  const holder = holderOf(ctx);
  const newCartId = ctx.ids.next();
  // A guest without a cart has no name that a key could belong to: a repetition makes another cart of the same line.
  const owner = holder.customerId ?? holder.tokenCartId ?? newCartId;
  const spec = { scope: `cart.${name}/${owner}`, input, appendsNothing: true };
  const { cartId, told } = await command({ ...ctx, db: ctx.db.plain }, spec, async (tx) => {
    const opened = await openCart(tx, holder, newCartId);
    const { isChanged, ...done } = await work(tx, opened);
    if (isChanged) await touchCart(tx, opened);
    return { cartId: opened, ...done };
  });
  return { cart: await answer(ctx, holder, cartId), told };
}

/** The cart as its holder finds it from now on. */
async function answer(ctx: CartContext, { customerId }: Holder, cartId: string): Promise<ChangedCart> {
  if (customerId !== null) return readCartPage(ctx);
  const token = handOver(ctx, cartId);
  const requestHeaders = new Headers({ "tillstream-cart": token });
  return { ...(await readCartPage({ ...ctx, requestHeaders })), token };
}

/** What is in the cart already takes no room. */
function whatFits(lines: readonly StoredLine[], present: readonly StoredLine[]): StoredLine[] {
  const skus = present.map(({ sku }) => sku);
  const [known, fresh] = [true, false].map((is) => lines.filter(({ sku }) => skus.includes(sku) === is));
  return [...(known ?? []), ...(fresh ?? []).slice(0, Math.max(LINES_MAX - skus.length, 0))];
}

export interface ClaimedCart extends CartPage {
  /** What the guest's cart brought along. */
  readonly claimed: readonly { readonly sku: string; readonly name: string; readonly quantity: number }[];
}

/**
 * Takes the guest's cart of this browser into the account's, as far as there is room: of an item in both, the larger
 * quantity, so that a cart that was filled twice is not bought twice.
 */
export async function claimCart(ctx: CartContext): Promise<ClaimedCart> {
  const holder = holderOf(ctx);
  const claimed = await ctx.db.plain.transaction(async (tx) => {
    const ownId = await openCart(tx, holder, ctx.ids.next());
    const locked = await lockCart(tx, sql`cart.id = ${holder.tokenCartId} AND cart.customer_id IS NULL`);
    if (locked?.status !== "open") return undefined;
    const [own, guest] = [await readCart(tx, ownId), await readCart(tx, locked.id)];
    if (own === undefined || guest === undefined) return undefined;
    const fitting = whatFits(guest.lines, own.lines);
    const moved = await tx.query<{ sku: string }>(sql`
      INSERT INTO cart_lines AS line (cart_id, sku, name, quantity, seen_price, ordinal)
      SELECT ${own.cartId}, sku, name, quantity, seen_price,
             ordinal + (SELECT coalesce(max(ordinal) + 1, 0) FROM cart_lines WHERE cart_id = ${own.cartId})
      FROM cart_lines WHERE cart_id = ${guest.cartId} AND sku = ANY(${fitting.map(({ sku }) => sku)}::text[])
      ON CONFLICT (cart_id, sku) DO UPDATE SET quantity = excluded.quantity, seen_price = excluded.seen_price
        WHERE line.quantity < excluded.quantity
      RETURNING sku`);
    await closeCart(tx, guest.cartId);
    if (moved.length > 0) await touchCart(tx, own.cartId);
    return guest.lines.filter(({ sku }) => moved.some((line) => line.sku === sku));
  });
  if (claimed !== undefined) dropCartToken(ctx);
  const lines = (claimed ?? []).map(({ sku, name, quantity }) => ({ sku, name, quantity }));
  return { ...(await readCartPage(ctx)), claimed: lines };
}
