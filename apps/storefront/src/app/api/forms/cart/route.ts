/**
 * "Add to cart" of a page whose scripts do not run, or not yet: a command, then the cart's page. The command's own handler refuses
 * what another site sent.
 */
import { shopRouter } from "@tillstream/commerce";
import { readBody } from "@tillstream/runtime";
import { createHttpHandler } from "@tillstream/trpc";
import { server, sessionOf } from "../../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const BYTES_MAX = 1_000;
/** Whose cart it is, and which page of which site sent it. */
const OF_THE_SENDER = ["cookie", "host", "origin", "sec-fetch-site", "x-forwarded-for", "x-forwarded-host"];
const FORM = "application/x-www-form-urlencoded";
const DIGITS = /^\d{1,9}$/;

function refused(status: number, why = "This form was not understood."): Response {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", connection: "close" };
  return new Response(`${why} Nothing was put into your cart. Go back and try again.\n`, { status, headers });
}

export async function POST(request: Request): Promise<Response> {
  const body = request.body === null ? Buffer.alloc(0) : await readBody(request.body, BYTES_MAX);
  if (typeof body === "string") return refused(body === "too large" ? 413 : 408);
  if (request.headers.get("content-type")?.split(";", 1)[0] !== FORM) return refused(415);
  const form = new URLSearchParams(body.toString());
  const [sku, quantity, price] = ["sku", "quantity", "price"].map((name) => form.get(name) ?? "");
  if (!DIGITS.test(quantity ?? "")) return refused(400, "The quantity is a whole number.");
  const seenPrice = DIGITS.test(price ?? "") ? { seenPrice: Number(price) } : {};
  const done = await add(request, { sku, quantity: Number(quantity), ...seenPrice });
  if (!done.ok) {
    const { error } = (await done.json()) as { error?: { message: string } }; // tRPC's envelope
    return refused(done.status, error?.message);
  }
  const headers = new Headers({ location: "/cart", "cache-control": "no-store" });
  for (const cookie of done.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** In the name of who sent the form. */
function add({ headers: sent, url }: Request, input: object): Promise<Response> {
  const { services } = server();
  const headers = new Headers({ "content-type": "application/json", "idempotency-key": services.ids.next() });
  for (const name of OF_THE_SENDER) {
    const value = sent.get(name);
    if (value !== null) headers.set(name, value);
  }
  const asked = new Request(new URL("/api/trpc/cart.add", url), {
    method: "POST",
    headers,
    body: JSON.stringify(input),
  });
  return createHttpHandler({ router: shopRouter, services, sessionOf })(asked);
}
