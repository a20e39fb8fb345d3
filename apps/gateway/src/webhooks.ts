/**
 * Signed webhooks, delivered at least once while this process lives: as patient with a slow receiver as real gateways
 * are, retried over an hour or so, given up on when the process stops. A receiver that must not miss one asks `GET /charges`.
 */
import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Clock, IdGenerator, Logger } from "@tillstream/runtime";
import type { Faults, Sleep } from "./faults.ts";
import { createHeldBack } from "./held-back.ts";

/** How long the receiver may take to answer. */
const ATTEMPT_MS_MAX = 30_000;
/** Between one attempt and the next; after the last of them the webhook is given up. */
const RETRY_WAITS_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000];
/** Each wait is up to this share longer, so that what failed together does not return together. */
const JITTER_MAX = 0.25;
/** Calls at once. A webhook that finds no room waits for its next attempt. */
const IN_FLIGHT_MAX = 1_000;
/** One that failed and finds so many waiting is given up; new ones get their first attempt all the same. */
const WAITING_MAX = 5_000;

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
  /** From 0 to 1. */
  readonly random: () => number;
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
  const { url, secret, faults, signal, sleep, random, clock, ids, logger } = options;
  const heldBack = createHeldBack(sleep);
  let inFlight = 0;
  let waiting = 0;

  /** Whether the receiver answered 2xx in time, to the end of the answer. */
  async function attempt(target: string, body: string): Promise<boolean> {
    if (inFlight >= IN_FLIGHT_MAX) return false;
    inFlight += 1;
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "tillstream-signature": signatureOf(body, secret, clock.now()),
    };
    // Not fetch: what it leaves to the garbage collector for each call let the process grow by 200 MB.
    const post = target.startsWith("https:") ? httpsRequest : httpRequest;
    const answered = Promise.withResolvers<boolean>();
    let hasAnswer = false;
    const request = post(target, { method: "POST", headers, signal }, (response) => {
      hasAnswer = true;
      const { statusCode = 0 } = response;
      const isOk = statusCode >= 200 && statusCode < 300;
      response.once("close", () => answered.resolve(isOk && response.complete)).resume();
    });
    request.on("error", () => answered.resolve(false));
    // Such as after 101 Switching Protocols, which is neither an answer nor an error.
    request.once("close", () => hasAnswer || answered.resolve(false)).end(body);
    const timer = setTimeout(() => request.destroy(new Error("no answer in time")), ATTEMPT_MS_MAX);
    const isOk = await answered.promise;
    clearTimeout(timer);
    inFlight -= 1;
    return isOk;
  }

  /** False at once when too many wait already. One that waits holds its body and nothing else. */
  async function wait(ms: number): Promise<boolean> {
    if (waiting >= WAITING_MAX) return false;
    waiting += 1;
    try {
      await sleep(ms);
    } finally {
      waiting -= 1;
    }
    return true;
  }

  async function deliver(target: string, body: string): Promise<void> {
    const { webhookDelayMs, webhookReorder } = faults.current();
    if (webhookDelayMs > 0) await wait(webhookDelayMs);
    const first = () => attempt(target, body);
    if (await (webhookReorder ? heldBack.swap(first) : first())) return;
    for (const waitMs of RETRY_WAITS_MS) {
      if (!(await wait(waitMs * (1 + JITTER_MAX * random())))) throw new Error("too many are waiting");
      if (await attempt(target, body)) return;
    }
    throw new Error(`${RETRY_WAITS_MS.length + 1} attempts failed`);
  }

  return {
    send(type, data, copies = 1) {
      if (url === undefined) return;
      const eventId = `evt_${ids.next()}`;
      const body = JSON.stringify({ id: eventId, type, createdAt: clock.now().toISOString(), data });
      for (let copy = 0; copy < copies; copy += 1) {
        deliver(url, body).catch((error: unknown) => {
          if (!signal.aborted) logger.warn({ eventId, err: (error as Error).message }, "webhook given up");
        });
      }
    },
  };
}
