/** Where the payment provider's webhooks arrive. */
import { receiveWebhook } from "@tillstream/commerce";
import { paymentDoor } from "../../../../server/payment-door.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export function POST(request: Request): Promise<Response> {
  return receiveWebhook(paymentDoor(), request);
}
