/** The cart as the shop shows it: its lines at the prices of now, what has to be accepted first, and what became of it. */
import type { SqlExecutor } from "@tillstream/runtime";
import { SHOP_CURRENCY, stockBand } from "../catalogue/index.ts";
import type { Money, StockBand } from "../catalogue/index.ts";
import { referTo } from "../order/index.ts";
import type { OrderLinks, OrderReference } from "../order/index.ts";
import { holderOf } from "./holder.ts";
import type { Visitor } from "./holder.ts";
import { problemsOf } from "./problems.ts";
import type { CartProblem } from "./problems.ts";
import { offersOf, ownCart, readHeldCarts } from "./repository.ts";
import type { StoredCart, StoredLine } from "./repository.ts";

export interface CartPageLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Null for an item that is not sold any more, as are the others, except the price: that is then the one last seen. */
  readonly slug: string | null;
  readonly image: string | null;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
  readonly stock: StockBand;
  /** Fewer are left than the cart wants: how many there are. */
  readonly onlyLeft: number | null;
}

/** The last order that was made from the cart. */
export interface CartOrder extends OrderReference {
  readonly orderId: string;
  /** It belongs to the account that is signed in, and opens without its link: links stay in a browser's history. */
  readonly isOwn: boolean;
  readonly status: string;
  /** The stable code of why it was cancelled, such as `CARD_DECLINED`. */
  readonly cancelReason: string | null;
}

export interface CartPage {
  /** Null while there is none: the first `setQuantity` makes it. */
  readonly cartId: string | null;
  readonly version: number;
  /** `ordered`: frozen, its order is being confirmed. */
  readonly status: "open" | "ordered";
  readonly lines: readonly CartPageLine[];
  /** To be fixed or accepted before it can be ordered. */
  readonly problems: readonly CartProblem[];
  /** Of what is still sold. */
  readonly total: Money;
  readonly lastOrder: CartOrder | null;
  /** Pieces in the cart that a guest filled here before signing in; `cart.claim` takes them over. */
  readonly guestItems: number;
  /** Whose it is; null for a guest's. */
  readonly customerId: string | null;
}

const usd = (amount: number): Money => ({ amount, currency: SHOP_CURRENCY });

/** What a cart is read with. */
export interface CartReader extends Visitor, OrderLinks {
  readonly db: SqlExecutor;
}

export async function readCartPage(ctx: CartReader): Promise<CartPage> {
  const holder = holderOf(ctx);
  const carts = await readHeldCarts(ctx.db, holder);
  const own = ownCart(carts, holder);
  const guest = holder.customerId === null ? undefined : carts.find((cart) => cart.customerId === null);
  const current = own !== undefined && (own.status === "open" || own.frozen) ? own : undefined;
  const lines = current?.lines ?? [];
  const shown = lines.map(toPageLine);
  return {
    cartId: current?.cartId ?? null,
    version: current?.version ?? 0,
    status: current?.frozen === true ? "ordered" : "open",
    lines: shown,
    problems: problemsOf(lines, offersOf({ lines })),
    total: usd(shown.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0)),
    lastOrder: laterOf(lastOrderOf(ctx, own), lastOrderOf(ctx, guest)),
    guestItems: guest?.status === "open" ? guest.lines.reduce((sum, { quantity }) => sum + quantity, 0) : 0,
    customerId: holder.customerId,
  };
}

/** Who ordered as a guest and then signed in means that order, and not the account's one of last week. */
function laterOf(left: CartOrder | null, right: CartOrder | null): CartOrder | null {
  if (left === null || right === null) return left ?? right;
  return left.orderId > right.orderId ? left : right; // ids sort by their creation
}

function lastOrderOf(ctx: CartReader, cart: StoredCart | undefined): CartOrder | null {
  if (cart === undefined || cart.orderId === null || cart.orderStatus === null) return null;
  if (cart.customerId === null && cart.isTold !== true) return null;
  const { orderId, orderStatus: status, cancelReason } = cart;
  const isOwn = ctx.user !== null && cart.orderCustomerId === ctx.user.id;
  return { orderId, isOwn, ...referTo(ctx, orderId), status, cancelReason };
}

function toPageLine({ sku, name, quantity, seenPrice, offer }: StoredLine): CartPageLine {
  if (offer === null) {
    const gone = { slug: null, image: null, stock: "out", onlyLeft: 0 } as const;
    return { sku, name, quantity, unitPrice: usd(seenPrice), lineTotal: usd(0), ...gone };
  }
  const { slug, image, price, available } = offer;
  return {
    sku,
    name: offer.name,
    quantity,
    slug,
    image,
    unitPrice: usd(price),
    lineTotal: usd(price * quantity),
    stock: stockBand(available),
    onlyLeft: available < quantity ? Math.max(available, 0) : null,
  };
}
