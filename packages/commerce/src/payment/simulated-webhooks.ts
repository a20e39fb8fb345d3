/** Webhooks of the simulated gateway: `Tillstream-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { parseWebhook, providerId, WebhookRefusedError } from "./webhook-source.ts";
import type { WebhookSource } from "./webhook-source.ts";

/** How far the signed time may be from ours, either way. A captured request is worth nothing after that. */
export const WEBHOOK_TOLERANCE_MS = 5 * 60_000;
/** Two while a secret is changed; more are not looked at. */
const SIGNATURES_MAX = 4;
const HEADER_LENGTH_MAX = 1_000;

const charge = z.object({ id: providerId, orderId: providerId });
const refund = z.object({ chargeId: providerId, orderId: providerId });
const event = z.discriminatedUnion("type", [
  z.object({ id: providerId, type: z.enum(["charge.succeeded", "charge.failed"]), data: charge }),
  z.object({ id: providerId, type: z.literal("refund.succeeded"), data: refund }),
]);

export function simulatedWebhooks(secret: string): WebhookSource {
  return {
    read(body, headers, now) {
      verifySignature(secret, body, headers.get("tillstream-signature") ?? "", now);
      const { id, type, data } = parseWebhook(body, event);
      return { id, type, chargeId: "chargeId" in data ? data.chargeId : data.id, orderId: data.orderId };
    },
  };
}

/** The digest is compared in constant time and before the time, so that a forger learns nothing from the answer. */
function verifySignature(secret: string, body: string, header: string, now: Date): void {
  const parts = header
    .slice(0, HEADER_LENGTH_MAX)
    .split(",")
    .map((part) => part.trim());
  const timestamp = parts.find((part) => part.startsWith("t="))?.slice(2) ?? "";
  const signatures = parts.filter((part) => part.startsWith("v1=")).slice(0, SIGNATURES_MAX);
  const expected = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest();
  const isSigned = signatures.some((signature) => {
    const given = Buffer.from(signature.slice(3), "hex");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!/^\d{1,12}$/.test(timestamp) || !isSigned)
    throw new WebhookRefusedError("forged", "The signature does not match the body.");
  if (Math.abs(now.getTime() - Number(timestamp) * 1_000) > WEBHOOK_TOLERANCE_MS)
    throw new WebhookRefusedError("expired", "The signature is too old.");
}
