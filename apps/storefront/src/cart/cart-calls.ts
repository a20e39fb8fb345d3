/**
 * The calls of cart and checkout: plain HTTP, since the cart is in the header of every page, and a client library is not
 * small. Browsers that keep no cookies get the cart's token here: it lives as long as the page, and goes with every call.
 */
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { CartPage, ShopRouter } from "@tillstream/commerce";
import { failureOf } from "../shop/failure.ts";
import type { Person } from "../shop/kept.ts";
import type { Sent } from "./pending.ts";

type Outputs = inferRouterOutputs<ShopRouter>;
export type PlaceOrder = inferRouterInputs<ShopRouter>["checkout"]["placeOrder"];
export type Placed = Outputs["checkout"]["placeOrder"];
export type QuoteChoices = NonNullable<inferRouterInputs<ShopRouter>["cart"]["quote"]>;
export type Quote = Outputs["cart"]["quote"];
export type OrderNow = Outputs["orders"]["byId"];
/** `claimed`: what the guest's cart brought along. */
export type ChangedCart = CartPage & Partial<Pick<Outputs["cart"]["claim"], "claimed">>;

export type Failure = ReturnType<typeof failureOf>;

/** `known`: the server said no. Otherwise it is unknown whether it was done. */
export type Answer<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly known: boolean; readonly failure: Failure };

export interface CartCalls {
  read(): Promise<Answer<CartPage>>;
  change(sent: Sent, key: string): Promise<Answer<ChangedCart>>;
  quote(choices: QuoteChoices): Promise<Answer<Quote>>;
  placeOrder(input: PlaceOrder, key: string): Promise<Answer<Placed>>;
  reorder(
    access: { readonly orderId: string; readonly accessToken?: string },
    key: string,
  ): Promise<Answer<Outputs["orders"]["reorder"]>>;
  order(access: { readonly orderId: string; readonly accessToken: string }): Promise<Answer<OrderNow>>;
}

const TIMEOUT_MS = 20_000;
const TOKEN_HEADER = "tillstream-cart";
const AS_HEADER = "tillstream-as";

let token: string | undefined;

/** @param person whom the page speaks for: nothing is done in another's name */
export function createCartCalls(person: Person): CartCalls {
  async function call<Data>(path: string, init: RequestInit = {}): Promise<Answer<Data>> {
    const headers = new Headers(init.headers);
    headers.set(AS_HEADER, person ?? "guest");
    if (token !== undefined) headers.set(TOKEN_HEADER, token);
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(`/api/trpc/${path}`, { ...init, headers, signal, cache: "no-store" });
      const { result, error } = (await response.json()) as { result?: { data: Data }; error?: object }; // tRPC's envelope
      if (response.ok && result !== undefined) return { ok: true, data: keepToken(result.data) };
      const failure = failureOf(error ?? {});
      const known = response.status < 500 && failure.reason !== "IDEMPOTENCY_KEY_IN_PROGRESS";
      return { ok: false, known, failure };
    } catch (error) {
      return { ok: false, known: false, failure: failureOf(error) };
    }
  }
  const query = <Data>(path: string, input: object) =>
    call<Data>(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  const command = <Data>(path: string, input: object, key: string) =>
    call<Data>(path, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(input),
      keepalive: document.visibilityState === "hidden", // the last click before the page goes
    });
  return {
    read: () => query("cart.get", {}),
    change: ({ path, input }, key) => command(path, input, key),
    quote: (choices) => query("cart.quote", choices),
    placeOrder: (input, key) => command("checkout.placeOrder", input, key),
    reorder: (access, key) => command("orders.reorder", access, key),
    order: (access) => query("orders.byId", access),
  };
}

function keepToken<Data>(data: Data): Data {
  const { token: given } = data as { token?: unknown }; // of a cart's answer
  if (typeof given === "string") token = given;
  return data;
}
