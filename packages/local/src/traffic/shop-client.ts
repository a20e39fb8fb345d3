/** The shop as a script calls it: plain JSON over HTTP, as any client would. */
import { z } from "zod";

const CALL_TIMEOUT_MS = 30_000;
const PAGE_SIZE = 100;

const placed = z.object({ orderId: z.string(), accessToken: z.string() });
export type Placed = z.output<typeof placed>;

export interface OrderRequest {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly email: string;
  readonly shippingAddress: Readonly<Record<string, string>>;
  readonly payment: { readonly method: "card"; readonly token: string };
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

export interface ShopClient {
  /** Skus that can be bought. */
  skus(): Promise<string[]>;
  quote(lines: OrderRequest["lines"]): Promise<void>;
  placeOrder(request: OrderRequest, idempotencyKey: string): Promise<Placed>;
  status(order: Placed): Promise<string>;
}

export function createShopClient(url: string): ShopClient {
  async function call(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(`${url}/api/trpc/${path}`, { ...init, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
    const body = await response.text();
    if (!response.ok) throw new ShopError(response.status, body);
    return (JSON.parse(body) as { result: { data: unknown } }).result.data;
  }
  const query = (path: string, input: unknown) => call(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`);

  return {
    async skus() {
      const listed = z.object({ items: z.array(z.object({ sku: z.string(), stock: z.string() })) });
      const { items } = listed.parse(await query("catalogue.list", { limit: PAGE_SIZE }));
      return items.filter(({ stock }) => stock === "in").map(({ sku }) => sku);
    },
    async quote(lines) {
      await query("checkout.quote", { lines });
    },
    async placeOrder(request, idempotencyKey) {
      const headers = { "content-type": "application/json", "idempotency-key": idempotencyKey };
      return placed.parse(
        await call("checkout.placeOrder", { method: "POST", headers, body: JSON.stringify(request) }),
      );
    },
    async status(order) {
      return z.object({ status: z.string() }).parse(await query("orders.byId", order)).status;
    },
  };
}
