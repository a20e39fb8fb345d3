/**
 * What a payment provider's webhooks have in common. A webhook is a hint that something happened to a charge; what
 * is true about money is asked of the gateway. So only ids are taken from it, and only when its signature holds.
 */
import { z } from "zod";

/** What was done with a webhook at the door. */
export const DOOR_OUTCOMES = [
  "accepted",
  "duplicate",
  "forged",
  "expired",
  "malformed",
  "oversized",
  "unfinished",
] as const;
export type DoorOutcome = (typeof DOOR_OUTCOMES)[number];

export interface WebhookHint {
  /** The provider's id: duplicates share it. */
  readonly id: string;
  readonly type: string;
  readonly chargeId: string | undefined;
  readonly orderId: string | undefined;
}

export interface WebhookSource {
  /**
   * Verifies the signature over the body, then reads it.
   * Throws `WebhookRefusedError` for one that is forged, too old or not understood.
   */
  read(body: string, headers: Headers, now: Date): WebhookHint;
}

export class WebhookRefusedError extends Error {
  override readonly name = "WebhookRefusedError";
  readonly outcome: Exclude<DoorOutcome, "accepted" | "duplicate">;

  constructor(outcome: WebhookRefusedError["outcome"], message: string) {
    super(message);
    this.outcome = outcome;
  }
}

/** An id as providers write them. Anything else would be no key of ours, and some of it no text that Postgres stores. */
export const providerId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "1 to 255 printable characters");

/** The body by `schema`, or the refusal of what is malformed. */
export function parseWebhook<Schema extends z.ZodType>(body: string, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(body));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? (cause.issues[0]?.path.join(".") ?? "") : "no JSON";
    throw new WebhookRefusedError("malformed", `The body could not be understood: ${why}.`);
  }
}
