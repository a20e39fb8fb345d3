/** The shop as a script calls it: plain JSON over HTTP, as any client would. */
import { createHash } from "node:crypto";
import { z } from "zod";

const CALL_TIMEOUT_MS = 30_000;
const PAGE_SIZE = 100;

const placed = z.object({ orderId: z.string(), accessToken: z.string() });
export type Placed = z.output<typeof placed>;

const filledCart = z.object({
  cartId: z.string(),
  version: z.int(),
  lines: z.array(z.object({ quantity: z.int() })),
  problems: z.array(z.object({ kind: z.string(), sku: z.string(), left: z.int().optional() })),
});

interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export interface OrderRequest {
  readonly lines: readonly Line[];
  readonly email: string;
  readonly shippingAddress: Readonly<Record<string, string>>;
  readonly payment: { readonly method: "card"; readonly token: string };
}

/** What the shopper came for is gone: no fault of the shop's. */
export class SoldOutError extends Error {
  override readonly name = "SoldOutError";
}

/** The answer was not 2xx. */
export class ShopError extends Error {
  override readonly name = "ShopError";
  readonly status: number;

  constructor(status: number, body: string) {
    super(`the shop answered ${status}: ${body.slice(0, 300)}`);
    this.status = status;
  }
}

/** A cart as the one browser that holds it knows it. */
export interface HeldCart {
  readonly cartId: string;
  readonly cartVersion: number;
  /** Opens it. */
  readonly cookie: string;
}

export interface ShopClient {
  /** Skus that can be bought. */
  skus(): Promise<string[]>;
  /** A new cart with these lines, each put in by a command of its own; of what is short, what is left. */
  fillCart(lines: readonly Line[], run: string): Promise<HeldCart>;
  /** Orders the lines of the request, or else the cart. */
  placeOrder(request: OrderRequest, idempotencyKey: string, cart?: HeldCart): Promise<Placed>;
  status(order: Placed): Promise<string>;
}

/** Each shopper comes from an address of its own, of the network that is kept for measurements (RFC 2544). */
function addressOf(shopper: string): string {
  const [high = 0, low = 0, side = 0] = createHash("sha256").update(shopper).digest();
  return `198.${18 + (side % 2)}.${high}.${low}`;
}

export function createShopClient(url: string): ShopClient {
  async function ask(path: string, init: RequestInit): Promise<{ data: unknown; cookies: readonly string[] }> {
    const response = await fetch(`${url}/api/trpc/${path}`, { ...init, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
    const body = await response.text();
    if (response.status === 409 && body.includes('"OUT_OF_STOCK"'))
      throw new SoldOutError("another customer was faster");
    if (!response.ok) throw new ShopError(response.status, body);
    const { data } = (JSON.parse(body) as { result: { data: unknown } }).result; // tRPC's envelope
    return { data, cookies: response.headers.getSetCookie() };
  }
  async function query(path: string, input: unknown): Promise<unknown> {
    return (await ask(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {})).data;
  }
  const command = (path: string, input: unknown, key: string, cookie = "") =>
    ask(path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": key,
        "x-forwarded-for": addressOf(cookie === "" ? key : cookie),
        cookie,
      },
      body: JSON.stringify(input),
    });

  return {
    async skus() {
      const listed = z.object({ items: z.array(z.object({ sku: z.string(), stock: z.string() })) });
      const { items } = listed.parse(await query("catalogue.list", { limit: PAGE_SIZE }));
      return items.filter(({ stock }) => stock === "in").map(({ sku }) => sku);
    },
    async fillCart(lines, run) {
      const wanted = new Map<string, number>();
      for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
      let cookie = "";
      let commands = 0;
      async function put(sku: string, quantity: number): Promise<z.output<typeof filledCart>> {
        const answer = await command("cart.setQuantity", { sku, quantity }, `${run}-${(commands += 1)}`, cookie);
        cookie = answer.cookies.map((one) => one.split(";")[0]).at(-1) ?? cookie;
        return filledCart.parse(answer.data);
      }
      let cart: z.output<typeof filledCart> | undefined;
      for (const [sku, quantity] of wanted) cart = await put(sku, quantity);
      for (const { sku, left = 0 } of cart?.problems ?? []) cart = await put(sku, left);
      if (cart === undefined || cart.lines.length === 0) throw new SoldOutError("nothing of it is left");
      return { cartId: cart.cartId, cartVersion: cart.version, cookie };
    },
    async placeOrder({ lines, ...request }, idempotencyKey, cart) {
      const { cookie, ...source } = cart ?? { lines, cookie: "" };
      return placed.parse(
        (await command("checkout.placeOrder", { ...request, ...source }, idempotencyKey, cookie)).data,
      );
    },
    async status(order) {
      return z.object({ status: z.string() }).parse(await query("orders.byId", order)).status;
    },
  };
}
