/**
 * The door for payment webhooks. What it answers 200 for is stored; nothing is acted on here. 401: forged or too
 * old. 400: signed, but not understood. 408: not all there in time. 413: too large. 503: not stored, the sender tries again.
 */
import { readBody } from "@tillstream/runtime";
import type { Clock, Logger, SqlExecutor } from "@tillstream/runtime";
import { storeWebhook } from "./webhook-inbox.ts";
import type { WebhookCounter } from "./webhook-counts.ts";
import { WebhookRefusedError } from "./webhook-source.ts";
import type { WebhookSource } from "./webhook-source.ts";

const BODY_BYTES_MAX = 64_000;
const STATUS = {
  forged: 401,
  expired: 401,
  malformed: 400,
  oversized: 413,
  unfinished: 408,
} as const satisfies Record<WebhookRefusedError["outcome"], number>;

export interface WebhookDoor {
  readonly db: SqlExecutor;
  readonly source: WebhookSource;
  readonly counter: WebhookCounter;
  readonly clock: Clock;
  readonly logger: Logger;
}

export async function receiveWebhook(door: WebhookDoor, request: Request): Promise<Response> {
  const { db, source, counter, clock, logger } = door;
  try {
    const hint = source.read(await readBounded(request), request.headers, clock.now());
    const outcome = await storeWebhook(db, hint);
    counter.add(outcome);
    return answer(200, { received: true });
  } catch (error) {
    if (error instanceof WebhookRefusedError) {
      counter.add(error.outcome);
      logger.info({ outcome: error.outcome }, "payment webhook refused");
      return answer(STATUS[error.outcome], { error: { code: error.outcome, message: error.message } });
    }
    logger.warn({ err: (error as Error).message }, "payment webhook not stored; its sender tries again");
    return answer(503, { error: { code: "unavailable", message: "Try again in a moment." } });
  }
}

function answer(status: number, body: unknown): Response {
  // Of these something is left that is not read: the connection ends with the answer.
  const isUnread = status === STATUS.oversized || status === STATUS.unfinished;
  const headers = { "cache-control": "no-store", ...(isUnread && { connection: "close" }) };
  return Response.json(body, { status, headers });
}

/** The signature covers the bytes as sent, so the text is left as it is. Reads no further than the bounds. */
async function readBounded(request: Request): Promise<string> {
  const tooLarge = new WebhookRefusedError("oversized", `At most ${BODY_BYTES_MAX} bytes are accepted.`);
  if (Number(request.headers.get("content-length") ?? 0) > BODY_BYTES_MAX) throw tooLarge;
  if (request.body === null) return "";
  const body = await readBody(request.body, BODY_BYTES_MAX);
  if (body === "too large") throw tooLarge;
  if (body === "too slow") throw new WebhookRefusedError("unfinished", "The body did not arrive in time.");
  return body.toString("utf8");
}
