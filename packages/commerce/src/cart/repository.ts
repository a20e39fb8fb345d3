/**
 * The cart's rows. A cart is `open`, `ordered` while the order that closed it is being confirmed, and `closed` when it is
 * over. Only an order orders it (`placeOrder`, at one version), and only an order that ended before its confirmation
 * gives it back.
 */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { pricedVariant } from "../catalogue/index.ts";
import type { PricedVariant } from "../catalogue/index.ts";
import { CART_DAYS } from "./holder.ts";
import type { Holder } from "./holder.ts";

/** An order that takes longer keeps its cart, and the shopper gets a new one. */
const FROZEN_MINUTES_MAX = 10;
/** For so long a guest's browser tells what its cart became: the next person at it may be another. */
const TOLD_MINUTES = 60;

export interface StoredLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Minor units. */
  readonly seenPrice: number;
  /** What it is now; null where it is not sold any more. */
  readonly offer: PricedVariant | null;
}

export interface StoredCart {
  readonly cartId: string;
  readonly customerId: string | null;
  readonly version: number;
  readonly status: "open" | "ordered" | "closed";
  /** The last order that was made from it. */
  readonly orderId: string | null;
  readonly orderStatus: string | null;
  readonly cancelReason: string | null;
  readonly orderCustomerId: string | null;
  /** The order was placed so lately that a guest's browser may tell of it. */
  readonly isTold: boolean | null;
  /** Its order is being confirmed: until then nothing in it changes. */
  readonly frozen: boolean;
  readonly lines: readonly StoredLine[];
}

const COLUMNS = sql`
  cart.id AS "cartId", cart.customer_id AS "customerId", cart.version, cart.status, cart.order_id AS "orderId",
  placed.status AS "orderStatus", placed.cancel_reason AS "cancelReason",
  placed.customer_id AS "orderCustomerId",
  placed.placed_at > now() - ${TOLD_MINUTES} * interval '1 minute' AS "isTold",
  (cart.status = 'ordered' AND placed.status = 'pending' AND placed.attention_codes = '{}'
    AND placed.placed_at > now() - ${FROZEN_MINUTES_MAX} * interval '1 minute') AS frozen,
  coalesce((SELECT jsonb_agg(jsonb_build_object('sku', line.sku, 'name', line.name, 'quantity', line.quantity, 'seenPrice', line.seen_price,
                                                'offer', ${pricedVariant(sql`line.sku`)}) ORDER BY line.ordinal)
            FROM cart_lines line WHERE line.cart_id = cart.id AND line.quantity > 0), '[]') AS lines
  FROM carts cart LEFT JOIN orders placed ON placed.id = cart.order_id`;

/** The holder's own cart that is not closed, and whatever cart the token opens. */
export function readHeldCarts(db: SqlExecutor, { customerId, tokenCartId }: Holder): Promise<StoredCart[]> {
  if (customerId === null && tokenCartId === null) return Promise.resolve([]);
  const own = sql`cart.customer_id = ${customerId} AND cart.status <> 'closed'`;
  const opened = sql`cart.id = ${tokenCartId}`;
  const both = sql`(${own}) OR ${opened}`;
  return db.query<StoredCart>(
    sql`SELECT ${COLUMNS} WHERE ${customerId === null ? opened : tokenCartId === null ? own : both}`,
  );
}

export async function readCart(db: SqlExecutor, cartId: string): Promise<StoredCart | undefined> {
  const [cart] = await db.query<StoredCart>(sql`SELECT ${COLUMNS} WHERE cart.id = ${cartId}`);
  return cart;
}

/** By sku, of what is sold. */
export const offersOf = ({ lines }: Pick<StoredCart, "lines">): ReadonlyMap<string, PricedVariant> =>
  new Map(lines.flatMap(({ sku, offer }) => (offer === null ? [] : [[sku, offer]])));

/** The holder's own among what was read: an account's, else the guest's. */
export function ownCart(carts: readonly StoredCart[], { customerId }: Holder): StoredCart | undefined {
  return carts.find((cart) => cart.customerId === customerId && cart.status !== "closed");
}

export const CART_FROZEN = refuse(
  "conflict",
  "CART_FROZEN",
  "Your order is being confirmed. If it cannot be, you can change this cart again.",
  { retryAfterSeconds: 2 },
);

/**
 * The id of the holder's cart, locked and open: a new one when there is none or the last became an order.
 * @param newCartId the id of a new one
 */
export async function openCart(tx: SqlExecutor, holder: Holder, newCartId: string): Promise<string> {
  const own =
    holder.customerId === null
      ? sql`cart.id = ${holder.tokenCartId} AND cart.customer_id IS NULL`
      : sql`cart.customer_id = ${holder.customerId}`;
  const locked = () => lockCart(tx, sql`${own} AND cart.status <> 'closed'`);
  const cart = await locked();
  if (cart?.status === "open") return cart.id;
  // A second statement: the one that waited for the lock sees other tables as they were before the wait.
  if (cart !== undefined && (await readCart(tx, cart.id))?.frozen === true) throw CART_FROZEN;
  if (cart !== undefined) await closeCart(tx, cart.id);
  const made = await tx.query(sql`
    INSERT INTO carts (id, customer_id) VALUES (${newCartId}, ${holder.customerId}) ON CONFLICT DO NOTHING RETURNING id`);
  // Another of the account's tabs was faster.
  const ours = made.length > 0 ? newCartId : (await locked())?.id;
  if (ours === undefined) throw CART_FROZEN;
  return ours;
}

/** The cart's row alone, until the transaction ends. */
export async function lockCart(
  tx: SqlExecutor,
  which: Sql,
): Promise<{ readonly id: string; readonly status: StoredCart["status"] } | undefined> {
  const [locked] = await tx.query<{ id: string; status: StoredCart["status"] }>(
    sql`SELECT id, status FROM carts cart WHERE ${which} FOR UPDATE`,
  );
  return locked;
}

export async function closeCart(tx: SqlExecutor, cartId: string): Promise<void> {
  await tx.query(sql`UPDATE carts SET status = 'closed', updated_at = now() WHERE id = ${cartId}`);
}

/** Increments the version: an order of the previous one is refused. The outcome of an earlier order does not concern this cart any more. */
export async function touchCart(tx: SqlExecutor, cartId: string): Promise<void> {
  await tx.query(sql`UPDATE carts SET version = version + 1, order_id = NULL, updated_at = now() WHERE id = ${cartId}`);
}

/** Gives the cart of an order that ended before its confirmation back as it was, at a version of its own. */
export async function reopenCart(tx: SqlExecutor, orderId: string): Promise<void> {
  await tx.query(sql`
    UPDATE carts SET status = 'open', version = version + 1, updated_at = now()
    WHERE order_id = ${orderId} AND status = 'ordered'`);
}

/** Deletes abandoned carts, a bounded number at once; resolves to how many. */
export async function pruneCarts(db: SqlExecutor): Promise<number> {
  const { length } = await db.query(sql`
    DELETE FROM carts WHERE id IN (
      SELECT id FROM carts WHERE updated_at < now() - ${CART_DAYS} * interval '1 day' ORDER BY updated_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
    RETURNING id`);
  return length;
}
