/**
 * Signed webhooks, delivered at least once while this process lives: retried with backoff a bounded
 * number of times, given up on when it stops. A receiver that must not miss one asks `GET /charges`.
 */
import { createHmac } from "node:crypto";
import type { Clock, IdGenerator, Logger } from "@tillstream/runtime";
import type { Faults, Sleep } from "./faults.ts";
import { createHeldBack } from "./held-back.ts";

const ATTEMPTS_MAX = 5;
const BACKOFF_FIRST_MS = 200;
const ATTEMPT_TIMEOUT_MS = 5_000;
const IN_FLIGHT_MAX = 1_000;

export type WebhookType = "charge.succeeded" | "charge.failed" | "refund.succeeded";

export interface Webhooks {
  /** Sends in the background. Copies share one event id, as a real gateway's duplicates do. */
  send(type: WebhookType, data: unknown, copies?: number): void;
}

export interface WebhookOptions {
  readonly url: string | undefined;
  readonly secret: string;
  readonly faults: Pick<Faults, "current">;
  readonly signal: AbortSignal;
  readonly sleep: Sleep;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger;
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, the form that Stripe made common. */
export function signatureOf(body: string, secret: string, at: Date): string {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const digest = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return `t=${timestamp},v1=${digest}`;
}

export function createWebhooks(options: WebhookOptions): Webhooks {
  const { url, secret, faults, signal, sleep, clock, ids, logger } = options;
  const heldBack = createHeldBack(sleep);
  let inFlight = 0;

  async function attempt(target: string, body: string): Promise<boolean> {
    try {
      const response = await fetch(target, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "tillstream-signature": signatureOf(body, secret, clock.now()),
        },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  async function deliver(target: string, eventId: string, body: string): Promise<void> {
    for (let tries = 1; tries <= ATTEMPTS_MAX; tries += 1) {
      if (await attempt(target, body)) return;
      if (tries < ATTEMPTS_MAX) await sleep(BACKOFF_FIRST_MS * 4 ** (tries - 1));
    }
    logger.warn({ eventId }, "webhook given up");
  }

  async function dispatch(target: string, eventId: string, body: string): Promise<void> {
    const { webhookDelayMs, webhookReorder } = faults.current();
    if (webhookDelayMs > 0) await sleep(webhookDelayMs);
    const delivery = () => deliver(target, eventId, body);
    return webhookReorder ? heldBack.swap(delivery) : delivery();
  }

  return {
    send(type, data, copies = 1) {
      if (url === undefined) return;
      const eventId = `evt_${ids.next()}`;
      const body = JSON.stringify({ id: eventId, type, createdAt: clock.now().toISOString(), data });
      for (let copy = 0; copy < copies; copy += 1) {
        if (inFlight >= IN_FLIGHT_MAX) {
          logger.warn({ eventId }, "webhook dropped: too many are waiting");
          return;
        }
        inFlight += 1;
        dispatch(url, eventId, body)
          .catch((error: unknown) => logger.debug({ err: error, eventId }, "webhook stopped"))
          .finally(() => {
            inFlight -= 1;
          });
      }
    },
  };
}
