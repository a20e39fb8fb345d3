/**
 * "Add to cart" of a page whose scripts do not run, or not yet: the same command as theirs, then the cart's page. The command's
 * own handler refuses what another site sent.
 */
import { QUANTITY_MAX, shopRouter } from "@tillstream/commerce";
import { readBody } from "@tillstream/runtime";
import { createHttpHandler } from "@tillstream/trpc";
import { server, sessionOf } from "../../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const BYTES_MAX = 1_000;
/** Whose cart it is, and which page of which site sent it. */
const OF_THE_SENDER = ["cookie", "host", "origin", "sec-fetch-site", "x-forwarded-for", "x-forwarded-host"];
const NOT_DONE = "This could not be put into your cart. Go back, check the quantity, and try again.\n";

function refused(status: number): Response {
  return new Response(NOT_DONE, { status, headers: { "cache-control": "no-store", connection: "close" } });
}

export async function POST(request: Request): Promise<Response> {
  const body = request.body === null ? Buffer.alloc(0) : await readBody(request.body, BYTES_MAX);
  if (typeof body === "string") return refused(body === "too large" ? 413 : 408);
  const form = new URLSearchParams(body.toString());
  const sku = form.get("sku");
  const before = await call(request, "cart.get");
  if (!before.ok) return refused(before.status);
  const { result } = (await before.json()) as { result: { data: { lines: { sku: string; quantity: number }[] } } }; // tRPC's envelope
  const present = result.data.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  const quantity = Math.min(present + Number(form.get("quantity")), QUANTITY_MAX);
  const done = await call(request, "cart.setQuantity", { sku, quantity, seenPrice: Number(form.get("price")) });
  if (!done.ok) return refused(done.status);
  const headers = new Headers({ location: "/cart", "cache-control": "no-store" });
  for (const cookie of done.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** A procedure, asked in the name of who sent the form. Without an input it is a query. */
function call({ headers: sent, url }: Request, path: string, input?: object): Promise<Response> {
  const { services } = server();
  const headers = new Headers({ "content-type": "application/json", "idempotency-key": services.ids.next() });
  for (const name of OF_THE_SENDER) {
    const value = sent.get(name);
    if (value !== null) headers.set(name, value);
  }
  const asked = new Request(new URL(`/api/trpc/${path}`, url), {
    headers,
    ...(input !== undefined && { method: "POST", body: JSON.stringify(input) }),
  });
  return createHttpHandler({ router: shopRouter, services, sessionOf })(asked);
}
