/** What changes a cart. Each happens once for its key; the answer is the cart as it is afterwards. */
import { fingerprintOf, isRefusal, refuse, runIdempotent } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Context } from "@tillstream/trpc";
import { priceVariants } from "../catalogue/index.ts";
import { handOver, holderOf, dropCartToken } from "./holder.ts";
import type { Holder } from "./holder.ts";
import { LINES_MAX } from "./lines.ts";
import { readCartPage } from "./page.ts";
import type { CartPage } from "./page.ts";
import { closeCart, lockCart, openCart, touchCart } from "./repository.ts";

type CommandContext = Context & { readonly idempotencyKey: string };

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
export async function setQuantity(ctx: CommandContext, input: QuantityInput): Promise<ChangedCart | Refusal> {
  const { sku, quantity } = input;
  const variant = (await priceVariants(ctx.reads, [sku])).get(sku);
  if (variant === undefined && quantity > 0) {
    const message = `There is no item ${sku}.`;
    return refuse("invalid", "UNKNOWN_SKU", message, { fields: [{ field: "sku", rule: "known sku", message }] });
  }
  const line = { sku, quantity, name: variant?.name ?? sku, price: variant?.price ?? 0, seenPrice: input.seenPrice };
  return changeCart(ctx, "setQuantity", input, (tx, cartId) => writeLine(tx, cartId, line));
}

interface LineToWrite {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
  readonly seenPrice: number | undefined;
}

async function writeLine(tx: SqlExecutor, cartId: string, line: LineToWrite): Promise<boolean | Refusal> {
  const { sku, name, quantity, price, seenPrice } = line;
  const others = (await shownSkus(tx, cartId)).filter((other) => other !== sku);
  if (quantity > 0 && others.length >= LINES_MAX) return CART_FULL;
  const written = await tx.query(sql`
    INSERT INTO cart_lines AS line (cart_id, sku, name, quantity, seen_price, ordinal)
    SELECT ${cartId}, ${sku}, ${name}, ${quantity}::int, ${seenPrice ?? price}::int,
           (SELECT coalesce(max(ordinal) + 1, 0) FROM cart_lines WHERE cart_id = ${cartId})
    WHERE ${quantity}::int > 0 OR EXISTS (SELECT FROM cart_lines WHERE cart_id = ${cartId} AND sku = ${sku})
    ON CONFLICT (cart_id, sku) DO UPDATE
      SET quantity = excluded.quantity, seen_price = coalesce(${seenPrice ?? null}::int, line.seen_price)
      WHERE line.quantity <> excluded.quantity OR line.seen_price <> coalesce(${seenPrice ?? null}::int, line.seen_price)
    RETURNING sku`);
  return written.length > 0;
}

async function shownSkus(tx: SqlExecutor, cartId: string): Promise<string[]> {
  const rows = await tx.query<{ sku: string }>(
    sql`SELECT sku FROM cart_lines WHERE cart_id = ${cartId} AND quantity > 0`,
  );
  return rows.map(({ sku }) => sku);
}

const CART_FULL = refuse("conflict", "CART_FULL", `A cart has at most ${LINES_MAX} different items.`, {
  fields: [{ field: "sku", rule: `<= ${LINES_MAX} lines`, message: "The cart is full." }],
});

export interface AcceptInput {
  /** The prices that the shopper saw now and goes on with, in minor units. */
  readonly prices: readonly { readonly sku: string; readonly unitPrice: number }[];
}

export async function acceptPrices(ctx: CommandContext, input: AcceptInput): Promise<ChangedCart | Refusal> {
  return changeCart(ctx, "acceptPrices", input, async (tx, cartId) => {
    const accepted = await tx.query(sql`
      UPDATE cart_lines line SET seen_price = accepted."unitPrice"
      FROM jsonb_to_recordset(${JSON.stringify(input.prices)}::jsonb) AS accepted(sku text, "unitPrice" int)
      WHERE line.cart_id = ${cartId} AND line.sku = accepted.sku AND line.seen_price <> accepted."unitPrice"
      RETURNING line.sku`);
    return accepted.length > 0;
  });
}

/**
 * Carries out `change` on the holder's open cart, under its lock. A refusal leaves everything as it was, a cart that was
 * made for it included.
 * @param change resolves to whether anything changed
 */
async function changeCart(
  ctx: CommandContext,
  name: string,
  input: unknown,
  change: (tx: SqlExecutor, cartId: string) => Promise<boolean | Refusal>,
): Promise<ChangedCart | Refusal> {
  const holder = holderOf(ctx);
  const newCartId = ctx.ids.next();
  // A guest without a cart has no name that a key could belong to: a repetition makes another cart of the same line.
  const owner = holder.customerId ?? holder.tokenCartId ?? newCartId;
  const result = await runIdempotent<{ readonly cartId: string }>({
    db: ctx.db,
    cache: ctx.cache,
    scheduler: systemScheduler,
    command: { scope: `cart.${name}/${owner}`, key: ctx.idempotencyKey, fingerprint: fingerprintOf(input) },
    async work(tx) {
      const cart = await openCart(tx, holder, newCartId);
      if (isRefusal(cart)) return cart;
      const changed = await change(tx, cart.cartId);
      if (isRefusal(changed)) return changed;
      if (changed) await touchCart(tx, cart.cartId);
      return { cartId: cart.cartId };
    },
  });
  return isRefusal(result) ? result : answer(ctx, holder, result.cartId);
}

/** The cart as its holder finds it from now on. */
async function answer(ctx: Context, { customerId }: Holder, cartId: string): Promise<ChangedCart> {
  if (customerId !== null) return readCartPage(ctx);
  const token = handOver(ctx, cartId);
  const requestHeaders = new Headers({ "tillstream-cart": token });
  return { ...(await readCartPage({ ...ctx, requestHeaders })), token };
}

/** What is in the cart already takes no room. */
function whatFits<Line extends { readonly sku: string }>(lines: readonly Line[], skus: readonly string[]): Line[] {
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
export async function claimCart(
  ctx: CommandContext & { readonly user: { id: string } },
): Promise<ClaimedCart | Refusal> {
  const holder = holderOf(ctx);
  const claimed = await ctx.db.transaction(async (tx) => {
    const own = await openCart(tx, holder, ctx.ids.next());
    if (isRefusal(own)) return own;
    const guest = await lockCart(tx, sql`cart.id = ${holder.tokenCartId} AND cart.customer_id IS NULL`);
    if (guest?.status !== "open") return undefined;
    const fitting = whatFits(guest.lines, await shownSkus(tx, own.cartId));
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
  if (isRefusal(claimed)) return claimed;
  if (claimed !== undefined) dropCartToken(ctx);
  const lines = (claimed ?? []).map(({ sku, name, quantity }) => ({ sku, name, quantity }));
  return { ...(await readCartPage(ctx)), claimed: lines };
}
